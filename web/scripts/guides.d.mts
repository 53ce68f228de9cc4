import type { Guide } from 'virtual:guides';
import type { Plugin } from 'vite';

/** The word in an address for a heading. */
export function anchor(text: string): string;

/** A guide, taken apart; links lead to those that are known. */
export function guide(text: string, known?: Set<string>): Guide;

/** Makes `virtual:guides` and `virtual:guide/NAME`. */
export function guides(): Plugin;
