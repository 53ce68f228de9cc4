/* eslint-disable no-restricted-globals -- the one place that touches them, so that a browser which forbids them breaks nothing */

/** What a browser keeps: small choices about the look of the page. Never anything that was entered. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`sluice.${key}`);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(`sluice.${key}`, value);
  } catch {
    // Then it holds until the page is closed.
  }
}

const memory = new Map<string, string>();

/** What a tab keeps until it is closed. */
export const tab = {
  get(key: string): string | null {
    try {
      return sessionStorage.getItem(`sluice.${key}`);
    } catch {
      return memory.get(key) ?? null;
    }
  },
  set(key: string, value: string | null): void {
    try {
      if (value === null) {
        sessionStorage.removeItem(`sluice.${key}`);
      } else {
        sessionStorage.setItem(`sluice.${key}`, value);
      }
    } catch {
      if (value === null) {
        memory.delete(key);
      } else {
        memory.set(key, value);
      }
    }
  },
};
