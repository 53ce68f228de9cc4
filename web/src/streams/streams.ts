import type { CatalogEntry } from '../api/schema';
import type { Mapper } from './mappers';
import { partsOf, toggledPart, withHash, withParts, type Path } from './shaping';

export const MODES = [
  'incremental_deduped_history',
  'full_refresh_overwrite_deduped',
  'full_refresh_overwrite',
  'incremental_append',
  'full_refresh_append',
] as const;
export type Mode = (typeof MODES)[number];

export type Intent = 'replicate' | 'append';
export type Way = 'changes' | 'snapshots';

/** What is chosen of a stream. */
export interface Choice {
  mode: Mode;
  cursor?: string[];
  primaryKey?: string[][];
  /** The fields that come along; undefined for all, also those that the source gets later. */
  fields?: string[];
  destinationName?: string;
  /** What is done to its rows on their way; undefined for what is done already, or nothing. */
  mappers?: Mapper[];
  /** True if somebody has changed it: another intent asks before it takes that away. */
  isCustom?: boolean;
}

export type Chosen = Record<string, Choice>;

/** What a connection is to do with the streams of a source. */
export interface Wishes {
  intent: Intent;
  way: Way;
  chosen: Chosen;
}

/** A stream among others: its namespace and name. */
export function keyOf(stream: { namespace?: string | undefined; name: string }): string {
  return `${stream.namespace ?? ''}\n${stream.name}`;
}

export function labelOf(stream: { namespace?: string | undefined; name: string }): string {
  return stream.namespace === undefined ? stream.name : `${stream.namespace}.${stream.name}`;
}

const WRITES: Record<Mode, string> = {
  incremental_deduped_history: 'append_dedup',
  full_refresh_overwrite_deduped: 'overwrite_dedup',
  full_refresh_overwrite: 'overwrite',
  incremental_append: 'append',
  full_refresh_append: 'append',
};

export function isIncremental(mode: string): boolean {
  return mode.startsWith('incremental');
}

export function isDeduped(mode: string): boolean {
  return mode === 'incremental_deduped_history' || mode === 'full_refresh_overwrite_deduped';
}

/** Why a stream cannot be copied in a mode; undefined if it can. */
export function obstacle(
  stream: CatalogEntry,
  mode: Mode,
  writes: ReadonlySet<string>,
): 'source' | 'destination' | undefined {
  if (isIncremental(mode) && !stream.isIncremental) {
    return 'source';
  }
  return writes.has(WRITES[mode]) ? undefined : 'destination';
}

/** What a choice lacks: a key to tell rows apart by, or a field that says what is new. */
export function lacks(stream: CatalogEntry, choice: Choice): 'key' | 'cursor' | undefined {
  const key = choice.primaryKey ?? stream.primaryKey;
  if (isDeduped(choice.mode) && key.length === 0) {
    return 'key';
  }
  const cursor = choice.cursor ?? stream.cursor ?? [];
  return isIncremental(choice.mode) && !stream.hasOwnCursor && cursor.length === 0 ? 'cursor' : undefined;
}

const PREFERRED: Record<Intent, readonly Mode[]> = {
  replicate: [
    'incremental_deduped_history',
    'full_refresh_overwrite_deduped',
    'full_refresh_overwrite',
    'incremental_append',
  ],
  append: ['incremental_append', 'full_refresh_append'],
};

/** The mode that serves an intent best of those that need nothing more; and what a better one would need. */
export function proposal(
  stream: CatalogEntry,
  intent: Intent,
  way: Way,
  writes: ReadonlySet<string>,
): { mode: Mode; wouldNeed: 'key' | 'cursor' | undefined } {
  const preferred =
    intent === 'append' && way === 'snapshots' ? (['full_refresh_append'] as const) : PREFERRED[intent];
  const possible = preferred.filter((mode) => obstacle(stream, mode, writes) === undefined);
  const ready = possible.find((mode) => lacks(stream, { mode }) === undefined);
  const [best] = possible;
  const mode = ready ?? best ?? 'full_refresh_append';
  return { mode, wouldNeed: best === undefined || best === mode ? undefined : lacks(stream, { mode: best }) };
}

/** Another intent for all that is chosen; what somebody has changed stays, unless they give it up. */
export function withIntent(
  wishes: Wishes,
  intent: Intent,
  way: Way,
  streams: CatalogEntry[],
  writes: ReadonlySet<string>,
  keepsCustom: boolean,
): Wishes {
  const byKey = new Map(streams.map((each) => [keyOf(each), each]));
  const chosen = Object.fromEntries(
    Object.entries(wishes.chosen).map(([key, choice]) => {
      const stream = byKey.get(key);
      const stays = stream === undefined || (keepsCustom && choice.isCustom === true);
      return [
        key,
        stays ? choice : { ...choice, mode: proposal(stream, intent, way, writes).mode, isCustom: false },
      ];
    }),
  );
  return { intent, way, chosen };
}

/** Few streams are all chosen at the beginning; of many, people choose. */
const FEW = 50;

export function begin(streams: CatalogEntry[], writes: ReadonlySet<string>): Wishes {
  const start: Wishes = { intent: 'replicate', way: 'changes', chosen: {} };
  return streams.length <= FEW ? select(start, streams, writes) : start;
}

export function select(wishes: Wishes, streams: CatalogEntry[], writes: ReadonlySet<string>): Wishes {
  const chosen = { ...wishes.chosen };
  for (const stream of streams) {
    chosen[keyOf(stream)] ??= { mode: proposal(stream, wishes.intent, wishes.way, writes).mode };
  }
  return { ...wishes, chosen };
}

export function deselect(wishes: Wishes, streams: CatalogEntry[]): Wishes {
  const gone = new Set(streams.map(keyOf));
  return {
    ...wishes,
    chosen: Object.fromEntries(Object.entries(wishes.chosen).filter(([key]) => !gone.has(key))),
  };
}

/** What is done to many at once, and to which of them it applies. */
export interface Bulk {
  wishes: Wishes;
  applied: number;
  skipped: number;
}

export function changeEach(
  wishes: Wishes,
  streams: CatalogEntry[],
  change: (stream: CatalogEntry, choice: Choice) => Choice | undefined,
): Bulk {
  const chosen = { ...wishes.chosen };
  let applied = 0;
  let skipped = 0;
  for (const stream of streams) {
    const key = keyOf(stream);
    const before = chosen[key];
    const after = before === undefined ? undefined : change(stream, before);
    if (after === undefined) {
      skipped++;
    } else {
      chosen[key] = { ...after, isCustom: true };
      applied++;
    }
  }
  return { wishes: { ...wishes, chosen }, applied, skipped };
}

/** Takes a field in or out. All of them means: also those that come later. Key and cursor always come along. */
export function toggleField(stream: CatalogEntry, choice: Choice, field: string): Choice {
  const all = (stream.fields ?? []).map(([name]) => name ?? '');
  const now = new Set(choice.fields ?? all);
  if (now.has(field)) {
    if (isLocked(stream, choice, field)) {
      return choice;
    }
    now.delete(field);
  } else {
    now.add(field);
  }
  return withFields(stream, choice, now);
}

/** Takes a part of a field in or out. With the last of its parts the field itself goes. */
export function togglePart(stream: CatalogEntry, choice: Choice, field: string, path: Path): Choice {
  if (isLocked(stream, choice, field)) {
    return choice;
  }
  const known = (stream.inner ?? [])
    .filter(({ path: [first] }) => first === field)
    .map(({ path: [, ...inner] }) => inner);
  const mappers = choice.mappers ?? [];
  const kept = toggledPart(partsOf(mappers, field), known, path);
  return kept?.length === 0
    ? toggleField(stream, choice, field)
    : { ...choice, mappers: withParts(mappers, field, kept), isCustom: true };
}

/** Only these fields come along. What was done to one that does not is no longer done. */
function withFields(stream: CatalogEntry, choice: Choice, now: ReadonlySet<string>): Choice {
  const all = (stream.fields ?? []).map(([name]) => name ?? '');
  const rest: Choice = { ...choice, isCustom: true };
  delete rest.fields;
  if (choice.mappers !== undefined) {
    rest.mappers = all
      .filter((each) => !now.has(each))
      .reduce((left, each) => withHash(withParts(left, each, undefined), each, false), choice.mappers);
  }
  return now.size === all.length ? rest : { ...rest, fields: all.filter((each) => now.has(each)) };
}

export const FIELD_WORK = ['exclude', 'include', 'hash'] as const;
export type FieldWork = (typeof FIELD_WORK)[number];

/** The same for all fields whose names are meant; undefined if there are none, or nothing can be done to them. */
export function workOnFields(
  stream: CatalogEntry,
  choice: Choice,
  isMeant: (name: string) => boolean,
  work: FieldWork,
): Choice | undefined {
  const all = (stream.fields ?? []).map(([name]) => name ?? '');
  const now = new Set(choice.fields ?? all);
  const meant = all.filter(
    (each) =>
      isMeant(each) &&
      (work === 'include' ? !now.has(each) : now.has(each) && !isLocked(stream, choice, each)),
  );
  if (meant.length === 0) {
    return undefined;
  }
  if (work === 'hash') {
    return {
      ...choice,
      mappers: meant.reduce((left, each) => withHash(left, each, true), choice.mappers ?? []),
      isCustom: true,
    };
  }
  meant.forEach((each) => (work === 'include' ? now.add(each) : now.delete(each)));
  return now.size === 0 ? undefined : withFields(stream, choice, now);
}

/** What somebody means by a pattern: part of a name, a name with `*`, or an expression between slashes. */
export function meaning(pattern: string): ((name: string) => boolean) | undefined {
  const text = pattern.trim();
  if (text === '') {
    return undefined;
  }
  if (text.length > 2 && text.startsWith('/') && text.endsWith('/')) {
    try {
      const found = new RegExp(text.slice(1, -1), 'i');
      return (name) => found.test(name);
    } catch {
      return undefined;
    }
  }
  if (text.includes('*')) {
    const parts = text.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
    const found = new RegExp(`^${parts.join('.*')}$`, 'i');
    return (name) => found.test(name);
  }
  return (name) => name.toLowerCase().includes(text.toLowerCase());
}

export function isLocked(stream: CatalogEntry, choice: Choice, field: string): boolean {
  const key = (choice.primaryKey ?? stream.primaryKey).map(([first]) => first);
  const [cursor] = choice.cursor ?? stream.cursor ?? [];
  return (isDeduped(choice.mode) && key.includes(field)) || (isIncremental(choice.mode) && cursor === field);
}

/** How the names of tables are made. */
export interface Naming {
  definition: 'destination' | 'source' | 'custom_format';
  format: string;
  prefix: string;
}

/** Where a stream is written to; without a namespace, that of the destination. */
export function targetOf(
  stream: { namespace?: string | undefined; name: string },
  choice: Choice | undefined,
  naming: Naming,
): string {
  return labelOf(tableOf(stream, choice, naming));
}

/** The table that a stream is written to. */
export function tableOf(
  stream: { namespace?: string | undefined; name: string },
  choice: Pick<Choice, 'destinationName'> | undefined,
  naming: Naming,
): { namespace?: string; name: string } {
  const name = choice?.destinationName ?? naming.prefix + stream.name;
  const own = stream.namespace ?? '';
  const namespace =
    naming.definition === 'source'
      ? own
      : naming.definition === 'custom_format'
        ? naming.format.replaceAll('${SOURCE_NAMESPACE}', own)
        : '';
  return namespace === '' ? { name } : { namespace, name };
}

export type IssueKind = 'key' | 'cursor' | 'fields' | 'collision';

/** What keeps a stream from being copied as it is chosen, by its key. */
export function issues(streams: CatalogEntry[], wishes: Wishes, naming: Naming): Map<string, IssueKind> {
  const found = new Map<string, IssueKind>();
  const targets = new Map<string, string>();
  for (const stream of streams) {
    const key = keyOf(stream);
    const choice = wishes.chosen[key];
    if (choice === undefined) {
      continue;
    }
    const lack = choice.fields?.length === 0 ? 'fields' : lacks(stream, choice);
    if (lack !== undefined) {
      found.set(key, lack);
    }
    const target = targetOf(stream, choice, naming).toLowerCase();
    const other = targets.get(target);
    if (other !== undefined) {
      found.set(key, found.get(key) ?? 'collision');
      found.set(other, found.get(other) ?? 'collision');
    }
    targets.set(target, key);
  }
  return found;
}

/** What the server is told of the streams. */
export function configured(streams: CatalogEntry[], wishes: Wishes) {
  return streams.flatMap((stream) => {
    const choice = wishes.chosen[keyOf(stream)];
    if (choice === undefined) {
      return [];
    }
    const cursor = choice.cursor ?? stream.cursor;
    const key = choice.primaryKey ?? stream.primaryKey;
    return [
      {
        name: stream.name,
        ...(stream.namespace === undefined ? {} : { namespace: stream.namespace }),
        syncMode: choice.mode,
        ...(isIncremental(choice.mode) && cursor !== undefined && !stream.hasOwnCursor
          ? { cursorField: cursor }
          : {}),
        ...(isDeduped(choice.mode) || choice.primaryKey !== undefined ? { primaryKey: key } : {}),
        ...(choice.fields === undefined
          ? {}
          : { selectedFields: choice.fields.map((each) => ({ fieldPath: [each] })) }),
        ...(choice.destinationName === undefined ? {} : { destinationObjectName: choice.destinationName }),
        ...(choice.mappers === undefined
          ? {}
          : { mappers: choice.mappers as unknown as Record<string, never>[] }),
      },
    ];
  });
}

const NOT_CURSORS = new Set(['boolean', 'json', 'binary', 'uuid']);

/** How well a field says what is new: by its type and name. */
export function cursorQuality(name: string, type: string): 'good' | 'risky' | 'impossible' {
  const plain = type.replace(/[(<[].*/, '');
  if (NOT_CURSORS.has(plain) || plain === 'array' || plain === 'object') {
    return 'impossible';
  }
  const isTime = plain.startsWith('timestamp') || plain === 'date';
  return isTime && /updat|modif|chang|version|_at$|synced/i.test(name) ? 'good' : 'risky';
}
