import type { MessageId } from '../i18n/messages';
import type { Schema } from './schema';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A number that somebody has typed; the text itself where it is none, or where a number would lose digits. */
export function numberOf(text: string): number | string | undefined {
  const plain = text.trim().replaceAll(/[\s_\u00a0\u202f]/g, '');
  if (plain === '') {
    return undefined;
  }
  if (!NUMBER.test(plain)) {
    return text;
  }
  const value = Number(plain);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? plain : value;
}

export function inRange(
  schema: Schema,
  value: unknown,
  isWhole: boolean,
): { id: MessageId; values: Record<string, string | number> }[] {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && NUMBER.test(value) ? Number(value) : NaN;
  if (Number.isNaN(number)) {
    return [{ id: isWhole ? 'form.integer' : 'form.number', values: {} }];
  }
  if (isWhole && !Number.isInteger(number)) {
    return [{ id: 'form.integer', values: {} }];
  }
  if (schema.minimum !== undefined && number < schema.minimum) {
    return [{ id: 'form.least', values: { least: schema.minimum } }];
  }
  return schema.maximum !== undefined && number > schema.maximum
    ? [{ id: 'form.most', values: { most: schema.maximum } }]
    : [];
}
