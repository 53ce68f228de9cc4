/** What the server hands over in the address when somebody comes back from a provider. */
export interface HandedOver {
  /** Good once, for a session. */
  code?: string;
  /** Where somebody wanted to go. */
  to?: string;
  /** Why nobody is logged in. */
  message?: string;
}

/** Reads the part of an address behind `#`, which no server is told. */
export function handedOver(hash: string): HandedOver {
  const values = new URLSearchParams(hash.replace(/^#/, ''));
  const handed: HandedOver = {};
  for (const key of ['code', 'to', 'message'] as const) {
    const value = values.get(key);
    if (value !== null && value !== '') {
      handed[key] = value;
    }
  }
  return handed;
}
