import { createContext, use } from 'react';

/** What somebody likes about the look of the page; kept in the browser. */
export interface Preferences {
  high: boolean;
  setHigh: (high: boolean) => void;
}

export const PreferencesContext = createContext<Preferences>({ high: false, setHigh: () => undefined });

export function usePreferences(): Preferences {
  return use(PreferencesContext);
}
