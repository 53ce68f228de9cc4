import type { CatalogEntry, ConnectionResponse, ObjectField, ObjectOperation } from '../api/schema';
import { cursorQuality, keyOf } from '../streams/streams';

type StreamConfiguration = ConnectionResponse['configurations']['streams'][number];
type SyncMode = StreamConfiguration['syncMode'];

export const METHODS = ['insert', 'upsert', 'update', 'soft_delete', 'delete', 'mirror'] as const;
export type Method = (typeof METHODS)[number];
export const READS = ['incremental', 'full_refresh'] as const;
export type Read = (typeof READS)[number];

export type Value =
  | { kind: 'field'; field: string }
  | { kind: 'constant'; constant: string | number | boolean }
  | { kind: 'expression'; expression: string };
export const KINDS = ['field', 'constant', 'expression'] as const;

/** A field of the object, and what comes into it. */
export interface Row {
  /** Tells rows apart while somebody edits them. */
  id: number;
  to: string;
  value: Value;
  keepsNulls: boolean;
}

/** How the rows of a stream become objects; what is not chosen yet is missing. */
export interface Mapping {
  /** The stream by `keyOf`. */
  stream?: string;
  read?: Read;
  cursor?: string[];
  object?: string;
  method?: Method;
  matching: string[];
  rows: Row[];
}

export const EMPTY: Mapping = { matching: [], rows: [] };

const MODES: Record<Read, Record<Method, SyncMode>> = {
  full_refresh: {
    insert: 'full_refresh_append',
    upsert: 'full_refresh_upsert',
    update: 'full_refresh_update',
    soft_delete: 'full_refresh_soft_delete',
    delete: 'full_refresh_delete',
    mirror: 'full_refresh_mirror',
  },
  incremental: {
    insert: 'incremental_append',
    upsert: 'incremental_deduped_history',
    update: 'incremental_update',
    soft_delete: 'incremental_soft_delete',
    delete: 'incremental_delete',
    // What is gone shows only where all is read.
    mirror: 'full_refresh_mirror',
  },
};

/** The method of a mode that writes objects; undefined for a mode that only copies. */
export function methodOf(mode: string): Method | undefined {
  return METHODS.find((method) => READS.some((read) => MODES[read][method] === mode));
}

/** True if some streams of a connection become objects. */
export function writesObjects(streams: readonly Pick<StreamConfiguration, 'mappedFields' | 'syncMode'>[]) {
  return streams.some(
    (each) =>
      each.mappedFields !== undefined || /_(upsert|update|soft_delete|delete|mirror)$/.test(each.syncMode),
  );
}

/** What a stream can be read as. */
export function readsOf(stream: CatalogEntry): Read[] {
  return READS.filter((read) => read === 'full_refresh' || stream.isIncremental);
}

/** The operation that is chosen; undefined as long as none is. */
export function operationOf(mapping: Mapping, operations: ObjectOperation[]): ObjectOperation | undefined {
  return operations.find((each) => each.object === mapping.object && each.method === mapping.method);
}

/** The fields that cannot be left out: those that the object requires, and those that it is found by. */
export function requiredOf(mapping: Mapping, operation: ObjectOperation | undefined): string[] {
  return operation === undefined
    ? []
    : operation.fields
        .filter((each) => each.required || mapping.matching.includes(each.name))
        .map((each) => each.name);
}

/** A field, and by which methods it can be written. */
export interface Offered {
  field: ObjectField;
  methods: Method[];
}

/** The fields to choose from: those of the method, or of any as long as none is chosen. */
export function offered(mapping: Mapping, operations: ObjectOperation[]): Offered[] {
  const chosen = operationOf(mapping, operations);
  const found = new Map<string, Offered>();
  for (const operation of chosen === undefined ? operations : [chosen]) {
    for (const field of operation.fields) {
      const known = found.get(field.name);
      if (known === undefined) {
        found.set(field.name, { field, methods: [operation.method] });
      } else {
        known.methods.push(operation.method);
      }
    }
  }
  return [...found.values()];
}

let lastId = 0;

/** A row that has just been added. */
export function newRow(to = ''): Row {
  lastId = Math.max(lastId + 1, Date.now());
  return { id: lastId, to, value: { kind: 'field', field: '' }, keepsNulls: false };
}

/**
 * What follows by itself from what is chosen: the only method, the only key, and a row for each field that is needed. It is the
 * same in whichever order somebody chooses.
 */
export function settled(
  mapping: Mapping,
  operations: ObjectOperation[],
  stream: CatalogEntry | undefined,
): Mapping {
  const next = { ...mapping };
  const own = operations.filter((each) => each.object === mapping.object);
  const [only] = own;
  if (only !== undefined && own.length === 1) {
    next.method = only.method;
  }
  if (stream !== undefined) {
    const reads = readsOf(stream);
    const [first] = reads;
    if (first !== undefined && reads.length === 1) {
      next.read = first;
    }
    if (next.cursor === undefined && stream.cursor !== undefined && !stream.hasOwnCursor) {
      next.cursor = stream.cursor;
    }
  }
  const operation = operationOf(next, own);
  if (operation !== undefined) {
    const keys = operation.matchingKeys;
    const isKey = keys.some((key) => sameNames(key, next.matching));
    next.matching = isKey ? next.matching : keys.length === 1 ? [...(keys[0] ?? [])] : [];
    const there = new Set(next.rows.map((row) => row.to));
    const missing = requiredOf(next, operation).filter((name) => !there.has(name));
    next.rows = [...next.rows, ...missing.map((name) => newRow(name))];
  }
  return next;
}

function sameNames(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}

/** True if a value is entered. */
export function isFilled({ value }: Row): boolean {
  switch (value.kind) {
    case 'field':
      return value.field !== '';
    case 'constant':
      return value.constant !== '';
    case 'expression':
      return value.expression.trim() !== '';
  }
}

export type RowIssue = 'to' | 'value' | 'twice' | 'unwritable';

/** What is wrong with a row; undefined if nothing is. */
export function rowIssue(
  row: Row,
  mapping: Mapping,
  operation: ObjectOperation | undefined,
): RowIssue | undefined {
  if (row.to === '') {
    return 'to';
  }
  if (mapping.rows.some((each) => each.id !== row.id && each.to === row.to)) {
    return 'twice';
  }
  if (
    operation !== undefined &&
    !operation.additionalFields &&
    !operation.fields.some((each) => each.name === row.to)
  ) {
    return 'unwritable';
  }
  return isFilled(row) ? undefined : 'value';
}

export type Lack =
  | 'stream'
  | 'streamTwice'
  | 'read'
  | 'cursor'
  | 'object'
  | 'method'
  | 'matching'
  | 'required'
  | 'rows'
  | 'none';

/** What keeps a mapping from being used, the first thing first; undefined if nothing does. */
export function lackOf(
  mapping: Mapping,
  operations: ObjectOperation[],
  stream: CatalogEntry | undefined,
  others: readonly Mapping[] = [],
): Lack | undefined {
  if (mapping.stream === undefined || stream === undefined) {
    return 'stream';
  }
  if (others.some((each) => each !== mapping && each.stream === mapping.stream)) {
    return 'streamTwice';
  }
  if (mapping.read === undefined) {
    return 'read';
  }
  if (mapping.read === 'incremental' && !stream.hasOwnCursor && (mapping.cursor ?? []).length === 0) {
    return 'cursor';
  }
  if (mapping.object === undefined) {
    return 'object';
  }
  const operation = operationOf(mapping, operations);
  if (operation === undefined) {
    return 'method';
  }
  if (operation.matchingKeys.length > 0 && mapping.matching.length === 0) {
    return 'matching';
  }
  if (progressOf(mapping, operation).left > 0) {
    return 'required';
  }
  if (mapping.rows.length === 0) {
    return 'none';
  }
  return mapping.rows.some((row) => rowIssue(row, mapping, operation) !== undefined) ? 'rows' : undefined;
}

/** How many of the fields that are needed have a value. */
export function progressOf(mapping: Mapping, operation: ObjectOperation | undefined) {
  const needed = requiredOf(mapping, operation);
  const filled = new Set(mapping.rows.filter(isFilled).map((row) => row.to));
  const left = needed.filter((name) => !filled.has(name)).length;
  return { all: needed.length, left };
}

export interface Suggestion {
  to: string;
  field: string;
  likeness: number;
}

/** Takes proposals over where nothing is mapped yet. */
export function withSuggestions(mapping: Mapping, suggestions: readonly Suggestion[]): Mapping {
  const rows = [...mapping.rows];
  for (const { to, field } of suggestions) {
    const at = rows.findIndex((row) => row.to === to);
    const row = rows[at];
    if (row === undefined) {
      rows.push({ ...newRow(to), value: { kind: 'field', field } });
    } else if (!isFilled(row)) {
      rows[at] = { ...row, value: { kind: 'field', field } };
    }
  }
  return { ...mapping, rows };
}

/** The proposals that would change something. */
export function openSuggestions(mapping: Mapping, suggestions: readonly Suggestion[]): Suggestion[] {
  const filled = new Set(mapping.rows.filter(isFilled).map((row) => row.to));
  return suggestions.filter(({ to }) => !filled.has(to));
}

/** The cursor that a field is likeliest to be; undefined if none stands out. */
export function likelyCursor(stream: CatalogEntry): string[] | undefined {
  const found = (stream.fields ?? []).find(([name = '', type = '']) => cursorQuality(name, type) === 'good');
  return found?.[0] === undefined ? undefined : [found[0]];
}

/**
 * What the server is told of a mapping. The fields stand in the order of the object, so that the same mapping is the same
 * whichever way somebody came to it.
 */
export function configurationOf(
  mapping: Mapping,
  operations: ObjectOperation[],
  stream: CatalogEntry,
): StreamConfiguration {
  const operation = operationOf(mapping, operations);
  const order = new Map((operation?.fields ?? []).map((field, at) => [field.name, at]));
  const place = (row: Row) => order.get(row.to) ?? order.size;
  const rows = [...mapping.rows].sort((a, b) => place(a) - place(b) || a.to.localeCompare(b.to));
  const key = operation?.matchingKeys.find((each) => sameNames(each, mapping.matching)) ?? mapping.matching;
  return {
    name: stream.name,
    ...(stream.namespace === undefined ? {} : { namespace: stream.namespace }),
    syncMode: MODES[mapping.read ?? 'full_refresh'][mapping.method ?? 'insert'],
    ...(mapping.read === 'incremental' && mapping.cursor !== undefined && !stream.hasOwnCursor
      ? { cursorField: mapping.cursor }
      : {}),
    destinationObjectName: mapping.object ?? '',
    ...(key.length === 0 ? {} : { matchingKey: key }),
    mappedFields: rows.map((row) => ({
      to: row.to,
      ...valueOf(row.value),
      ...(row.keepsNulls ? { nulls: 'keep' as const } : {}),
    })),
  };
}

function valueOf(value: Value) {
  switch (value.kind) {
    case 'field':
      return { field: value.field };
    case 'constant':
      return { constant: value.constant };
    case 'expression':
      return { expression: value.expression };
  }
}

/** A mapping as a connection has it; undefined where its fields are written in another way than ours. */
export function mappingOf(stream: StreamConfiguration): Mapping | undefined {
  const { mappedFields, destinationObjectName } = stream;
  const method = methodOf(stream.syncMode);
  if (mappedFields === undefined || destinationObjectName === undefined || method === undefined) {
    return undefined;
  }
  return {
    stream: keyOf(stream),
    read: stream.syncMode.startsWith('incremental') ? 'incremental' : 'full_refresh',
    ...(stream.cursorField === undefined ? {} : { cursor: stream.cursorField }),
    object: destinationObjectName,
    method,
    matching: stream.matchingKey ?? [],
    rows: mappedFields.map((each) => ({
      ...newRow(each.to),
      value:
        each.expression !== undefined
          ? { kind: 'expression', expression: each.expression }
          : each.constant !== undefined
            ? { kind: 'constant', constant: each.constant }
            : { kind: 'field', field: each.field ?? '' },
      keepsNulls: each.nulls === 'keep',
    })),
  };
}

/** Whether a value is passed on as it is, or made another one on its way. */
export function isConverted(from: string, to: string): boolean {
  const family = (type: string) =>
    /^u?int/.test(type) ? 'int' : /^(text|string|varchar)/.test(type) ? 'string' : type;
  return family(from) !== family(to);
}

/** What somebody has typed, as a constant of the type that the field has. */
export function typed(text: string, type: string | undefined): string | number | boolean {
  if (type === 'boolean' && (text === 'true' || text === 'false')) {
    return text === 'true';
  }
  const isNumber = /^(int|float|decimal)/.test(type ?? '') && /^-?(0|[1-9]\d*)$/.test(text);
  return isNumber && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}
