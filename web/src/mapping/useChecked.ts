import { useQueries } from '@tanstack/react-query';
import type { CatalogEntry, ObjectOperation } from '../api/schema';
import { keyOf } from '../streams/streams';
import { lackOf, type Lack, type Mapping } from './mapping';
import { operations } from './queries';

/** A mapping with what is known of its two sides. */
export interface Checked {
  mapping: Mapping;
  stream: CatalogEntry | undefined;
  operations: ObjectOperation[];
  lack: Lack | undefined;
}

/** The mappings, and what each of them lacks. */
export function useChecked(
  destinationId: string,
  streams: CatalogEntry[] | undefined,
  mappings: Mapping[],
): Checked[] {
  const asked = useQueries({ queries: mappings.map((each) => operations(destinationId, each.object)) });
  return mappings.map((mapping, at) => {
    const stream = streams?.find((each) => keyOf(each) === mapping.stream);
    const known = asked[at]?.data ?? [];
    return { mapping, stream, operations: known, lack: lackOf(mapping, known, stream, mappings) };
  });
}
