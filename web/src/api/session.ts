import { tab } from '../ui/storage';

const KEY = 'session';
let listeners: (() => void)[] = [];

/**
 * The token of a session. It lies in the storage of the tab: it ends with the tab, other tabs log in themselves, and no
 * request carries it that the page has not made, so there is nothing that other pages could forge.
 */
export const session = {
  token: (): string | null => tab.get(KEY),

  begin(token: string): void {
    tab.set(KEY, token);
  },

  /** Forgets it, and tells those who show what only somebody with a session may see. */
  end(): void {
    tab.set(KEY, null);
    listeners.forEach((each) => each());
  },

  onEnd(listener: () => void): () => void {
    listeners = [...listeners, listener];
    return () => {
      listeners = listeners.filter((each) => each !== listener);
    };
  },
};
