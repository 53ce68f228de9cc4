import { createContext, use } from 'react';
import type { Way } from '../../builder/source';

/** How one gets about in the Builder. */
export interface Go {
  /** To a part of the outline. */
  to: (part: string) => void;
  /** To a place in the text. */
  toText: (way: Way) => void;
  /** To the field of a place, wherever it is entered. */
  toField: (way: Way) => void;
}

export const GoContext = createContext<Go | null>(null);

export function useGo(): Go {
  const go = use(GoContext);
  if (go === null) {
    throw new Error('this belongs into the Builder');
  }
  return go;
}
