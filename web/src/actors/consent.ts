/** Where a window that comes back from a service tells the form how it went. */
export const CHANNEL = 'sluice-consent';

/** How a consent went. */
export interface Consent {
  tab: string;
  secretId?: string;
  error?: string;
}
