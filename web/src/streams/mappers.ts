import type { Say } from '../i18n/i18n';
import type { StreamConfiguration } from './edits';

/** What is done to a field, or to rows, as the server keeps it. */
export interface Mapper {
  type: string;
  mapperConfiguration: Record<string, unknown>;
}

/** The kinds that the page can make. The others are shown and kept as they are. */
export const KINDS = [
  'hashing',
  'field-renaming',
  'field-filtering',
  'row-filtering',
  'field-computing',
] as const;
export type Kind = (typeof KINDS)[number];

export function mappersOf(stream: StreamConfiguration): Mapper[] {
  return (stream.mappers ?? []) as unknown as Mapper[];
}

/** A new mapper, from what was entered. */
export function made(kind: Kind, field: string, value: string): Mapper {
  switch (kind) {
    case 'hashing':
      return {
        type: kind,
        mapperConfiguration: { targetField: field, method: 'SHA-256', fieldNameSuffix: '_hashed' },
      };
    case 'field-renaming':
      return { type: kind, mapperConfiguration: { originalFieldName: field, newFieldName: value } };
    case 'field-filtering':
      return { type: kind, mapperConfiguration: { targetField: field } };
    case 'row-filtering':
      return { type: kind, mapperConfiguration: { conditions: { type: 'EXPRESSION', expression: value } } };
    case 'field-computing':
      return { type: kind, mapperConfiguration: { targetField: field, value } };
  }
}

/** A mapper in a sentence. */
export function words(say: Say, { type, mapperConfiguration: told }: Mapper): string {
  const text = (name: string) => (typeof told[name] === 'string' ? told[name] : '');
  switch (type) {
    case 'hashing':
      return say('mapper.hashing.words', { field: text('targetField'), method: text('method') });
    case 'encryption':
      return say('mapper.encryption.words', { field: text('targetField'), method: text('algorithm') });
    case 'field-renaming':
      return say('mapper.field-renaming.words', {
        field: text('originalFieldName'),
        to: text('newFieldName'),
      });
    case 'field-filtering':
      return say('mapper.field-filtering.words', { field: text('targetField') });
    case 'field-computing':
      return say('mapper.field-computing.words', { field: text('targetField'), value: text('value') });
    case 'field-selection':
      return say('mapper.field-selection.words', { field: text('targetField') });
    case 'row-filtering': {
      const { expression } = (told.conditions ?? {}) as { expression?: unknown };
      return say('mapper.row-filtering.words', {
        value: typeof expression === 'string' ? expression : JSON.stringify(told.conditions),
      });
    }
    default:
      return type;
  }
}

/** A list with one of its members a place further up or down. */
export function moved<T>(list: T[], index: number, by: -1 | 1): T[] {
  const next = [...list];
  const [one] = next.splice(index, 1);
  if (one !== undefined) {
    next.splice(index + by, 0, one);
  }
  return next;
}
