import type { CatalogEntry, ConnectionResponse } from '../api/schema';
import { mappersOf } from './mappers';
import { filterOf, shortly, withFilter } from './shaping';
import {
  configured,
  isDeduped,
  isIncremental,
  keyOf,
  labelOf,
  MODES,
  type Choice,
  type Wishes,
} from './streams';

export type StreamConfiguration = ConnectionResponse['configurations']['streams'][number];

/** What a connection does with its streams, as the table shows it. All of it was chosen by somebody. */
export function wishesOf(streams: StreamConfiguration[]): Wishes {
  const chosen = Object.fromEntries(streams.map((stream) => [keyOf(stream), choiceOf(stream)]));
  return { intent: 'replicate', way: 'changes', chosen };
}

function choiceOf(stream: StreamConfiguration): Choice {
  const fields = topFields(stream);
  return {
    mode: MODES.find((each) => each === stream.syncMode) ?? 'full_refresh_append',
    isCustom: true,
    ...(stream.cursorField === undefined || stream.cursorField.length === 0
      ? {}
      : { cursor: stream.cursorField }),
    ...(stream.primaryKey === undefined || stream.primaryKey.length === 0
      ? {}
      : { primaryKey: stream.primaryKey }),
    ...(fields === undefined ? {} : { fields }),
    ...(stream.destinationObjectName === undefined ? {} : { destinationName: stream.destinationObjectName }),
    ...(stream.mappers === undefined ? {} : { mappers: mappersOf(stream) }),
  };
}

function topFields({ selectedFields = [] }: StreamConfiguration): string[] | undefined {
  return selectedFields.length === 0
    ? undefined
    : [
        ...new Set(
          selectedFields.flatMap(({ fieldPath: [first] = [] }) => (first === undefined ? [] : [first])),
        ),
      ];
}

/**
 * The streams as they are to be. What the table does not show stays: most mappers, files, and streams that the source
 * no longer offers, unless they were taken out.
 */
export function edited(
  before: StreamConfiguration[],
  streams: CatalogEntry[],
  wishes: Wishes,
): StreamConfiguration[] {
  const was = new Map(before.map((each) => [keyOf(each), each]));
  const offered = new Set(streams.map(keyOf));
  const gone = before.filter((each) => !offered.has(keyOf(each)) && keyOf(each) in wishes.chosen);
  const there = configured(streams, wishes).map((next): StreamConfiguration => {
    const old = was.get(keyOf(next));
    if (old === undefined) {
      return next;
    }
    const { selectedFields, ...rest } = next;
    const fields = sameList(topFields(next), topFields(old)) ? old.selectedFields : selectedFields;
    return {
      ...rest,
      ...(fields === undefined ? {} : { selectedFields: fields }),
      // One that was taken out and in again is hashed as it was.
      ...(old.mappers === undefined || next.mappers !== undefined ? {} : { mappers: old.mappers }),
      ...(old.includeFiles === undefined ? {} : { includeFiles: old.includeFiles }),
    };
  });
  return [...there, ...gone];
}

function sameList(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return JSON.stringify(one && [...one].sort()) === JSON.stringify(other && [...other].sort());
}

export const PARTS = ['mode', 'key', 'cursor', 'fields', 'target', 'filter', 'mappers'] as const;
export type Part = (typeof PARTS)[number];

/** What can be done to the rows that are there, so that they are as the new settings say. */
export const REMEDIES = ['none', 'keep', 'remove', 'clear'] as const;
export type Remedy = (typeof REMEDIES)[number];

/** What becomes of a stream. */
export interface Edit {
  name: string;
  namespace?: string;
  label: string;
  kind: 'added' | 'removed' | 'changed';
  /** What of it changes, each with how it was and how it will be. */
  parts: { part: Part; from: string; to: string }[];
  remedies: readonly Remedy[];
  /** What should be done; rows that are there would else be others than the new settings make. */
  advised: Remedy;
}

const ALL = '*';

/** What somebody has changed, by stream. */
export function editsOf(before: StreamConfiguration[], after: StreamConfiguration[]): Edit[] {
  const was = new Map(before.map((each) => [keyOf(each), each]));
  const will = new Map(after.map((each) => [keyOf(each), each]));
  const added = after.filter((each) => !was.has(keyOf(each))).map((each) => alone(each, 'added'));
  const removed = before.filter((each) => !will.has(keyOf(each))).map((each) => alone(each, 'removed'));
  const changed = before.flatMap((old): Edit[] => {
    const next = will.get(keyOf(old));
    const parts = next === undefined ? [] : partsOf(old, next);
    return next === undefined || parts.length === 0
      ? []
      : [
          {
            ...named(next),
            kind: 'changed',
            parts,
            remedies: remediesOf(next),
            advised: isAdvised(old, next, parts) ? (remediesOf(next)[1] ?? 'none') : 'none',
          },
        ];
  });
  return [...added, ...removed, ...changed].sort((a, b) => a.label.localeCompare(b.label));
}

function named(stream: StreamConfiguration) {
  return {
    name: stream.name,
    ...(stream.namespace === undefined ? {} : { namespace: stream.namespace }),
    label: labelOf(stream),
  };
}

function alone(stream: StreamConfiguration, kind: 'added' | 'removed'): Edit {
  return { ...named(stream), kind, parts: [], remedies: ['none'], advised: 'none' };
}

/** A key and a cursor are told of where both modes go by one; a mode that needs none has not lost it. */
function partsOf(old: StreamConfiguration, next: StreamConfiguration): Edit['parts'] {
  const counts = (part: Part) =>
    (part !== 'key' || (isDeduped(old.syncMode) && isDeduped(next.syncMode))) &&
    (part !== 'cursor' || (isIncremental(old.syncMode) && isIncremental(next.syncMode)));
  return PARTS.filter(counts)
    .map((part) => ({ part, from: told(old, part), to: told(next, part) }))
    .filter(({ from, to }) => from !== to);
}

function told(stream: StreamConfiguration, part: Part): string {
  switch (part) {
    case 'mode':
      return stream.syncMode;
    case 'key':
      return (stream.primaryKey ?? []).map((path) => path.join('.')).join(', ');
    case 'cursor':
      return (stream.cursorField ?? []).join('.');
    case 'fields': {
      const fields = topFields(stream);
      return fields === undefined ? ALL : [...fields].sort().join(', ');
    }
    case 'target':
      return stream.destinationObjectName ?? '';
    case 'filter':
      return filterOf(mappersOf(stream)) ?? '';
    case 'mappers':
      return withFilter(mappersOf(stream), undefined).map(shortly).join('; ');
  }
}

/** What can be done to the rows of a stream that are there. */
export function remediesOf({ syncMode }: StreamConfiguration): readonly Remedy[] {
  if (syncMode === 'incremental_deduped_history') {
    return ['none', 'keep', 'remove', 'clear'];
  }
  return syncMode === 'incremental_append' ? ['none', 'keep', 'clear'] : ['none', 'clear'];
}

/** A stream that is copied whole becomes what its settings say by itself; one that goes on from where it was does not. */
function isAdvised(old: StreamConfiguration, next: StreamConfiguration, parts: Edit['parts']): boolean {
  if (!isIncremental(next.syncMode)) {
    return false;
  }
  return (
    !isIncremental(old.syncMode) ||
    // Rows that a filter lets through now are those that come from now on, as whoever set it knows.
    parts.some(({ part }) => part !== 'mode' && part !== 'target' && part !== 'filter')
  );
}
