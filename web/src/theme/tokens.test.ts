import { describe, expect, it } from 'vitest';
import { contrast, DARK, DARK_HIGH, LIGHT, LIGHT_HIGH, type TokenName } from './tokens';

const TEXTS: TokenName[] = ['text', 'muted', 'primary', 'ok', 'warn', 'error', 'running', 'queued', 'off'];

describe('the colours of the page', () => {
  it('are compared as WCAG compares them', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  for (const [name, tokens, text, graphic] of [
    ['light', LIGHT, 4.5, 3],
    ['dark', DARK, 4.5, 3],
    ['light with high contrast', LIGHT_HIGH, 7, 4.5],
    ['dark with high contrast', DARK_HIGH, 7, 4.5],
  ] as const) {
    it.each(TEXTS)(`${name}: %s can be read on each ground`, (token) => {
      for (const ground of ['page', 'surface', 'hover', 'selected'] as const) {
        expect(contrast(tokens[token], tokens[ground]), `${token} on ${ground}`).toBeGreaterThanOrEqual(text);
      }
    });

    it(`${name}: the edge of a control can be seen`, () => {
      expect(contrast(tokens.control, tokens.surface)).toBeGreaterThanOrEqual(graphic);
      expect(contrast(tokens.control, tokens.page)).toBeGreaterThanOrEqual(graphic);
    });
  }
});
