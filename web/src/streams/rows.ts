import type { CatalogEntry } from '../api/schema';
import type { Path } from './shaping';
import { keyOf } from './streams';

export type Row =
  | { kind: 'namespace'; namespace: string; streams: CatalogEntry[] }
  | { kind: 'stream'; stream: CatalogEntry }
  | { kind: 'field'; stream: CatalogEntry; path: Path; type: string; hasParts: boolean };

/** What is opened: streams, and fields by their path. */
export function openKey(stream: CatalogEntry, path: Path = []): string {
  return [keyOf(stream), ...path].join('\u0000');
}

export function hasParts(type: string): boolean {
  return /^(array<)*object</.test(type);
}

/** The rows that are there to be seen: namespaces, their streams, the fields of those that are open, and what is in those. */
export function rowsOf(shown: CatalogEntry[], expanded: ReadonlySet<string>): Row[] {
  const groups = new Map<string, CatalogEntry[]>();
  for (const stream of shown) {
    const namespace = stream.namespace ?? '';
    const group = groups.get(namespace);
    if (group === undefined) {
      groups.set(namespace, [stream]);
    } else {
      group.push(stream);
    }
  }
  const rows: Row[] = [];
  for (const [namespace, streams] of groups) {
    if (groups.size > 1 || namespace !== '') {
      rows.push({ kind: 'namespace', namespace, streams });
    }
    for (const stream of streams) {
      rows.push({ kind: 'stream', stream });
      if (expanded.size > 0 && expanded.has(openKey(stream))) {
        for (const [field = '', type = ''] of stream.fields ?? []) {
          addField(rows, stream, [field], type, expanded);
        }
      }
    }
  }
  return rows;
}

function addField(
  rows: Row[],
  stream: CatalogEntry,
  path: Path,
  type: string,
  expanded: ReadonlySet<string>,
): void {
  rows.push({ kind: 'field', stream, path, type, hasParts: hasParts(type) });
  if (expanded.has(openKey(stream, path))) {
    for (const inner of stream.inner ?? []) {
      if (inner.path.length === path.length + 1 && path.every((name, at) => inner.path[at] === name)) {
        addField(rows, stream, inner.path, inner.type, expanded);
      }
    }
  }
}
