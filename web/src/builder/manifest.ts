import { COMPONENTS, type Field } from './catalogue';
import { getIn, insert, move, put, remove } from './edits';
import { isRecord } from './emit';
import { Places, pointerOf, type Place } from './places';
import { Source, type Way } from './source';

export type Scope = 'all' | 'here';

export interface StreamEntry {
  way: Way;
  name: string;
  kind: 'stream' | 'template' | 'other';
  type: string | undefined;
}

/** What a project begins with that has nothing yet. */
export const BLANK = `version: 6.48.0
type: DeclarativeSource
check:
  type: CheckStream
  stream_names: []
definitions:
  base_requester:
    type: HttpRequester
    url_base: ""
  streams: {}
streams: []
spec:
  type: Spec
  connection_specification:
    type: object
    $schema: http://json-schema.org/draft-07/schema#
    additionalProperties: true
    required: []
    properties: {}
`;

/** A manifest as the form works with it: parts through their links, and edits, each of which makes another one. */
export class Manifest {
  readonly places: Places;

  constructor(readonly source: Source) {
    this.places = new Places(source);
  }

  static of(text: string): Manifest {
    return new Manifest(new Source(text));
  }

  get text(): string {
    return this.source.text;
  }

  get(way: Way): Place {
    return this.places.get(way);
  }

  set(way: Way, value: unknown, scope: Scope = 'all'): Manifest {
    const isSame = scope === 'all' && value !== undefined && Object.is(this.get(way).value, value);
    return isSame ? this : this.next(this.places.set(way, value, scope));
  }

  /** Makes a component of a type in a place; what it has in common with the one before stays. */
  choose(way: Way, type: string | undefined, scope: Scope = 'all'): Manifest {
    if (type === undefined) {
      return this.set(way, undefined, scope);
    }
    const { value, type: before } = this.get(way);
    const kept = isRecord(value) && before !== undefined ? common(value, before, type) : {};
    return this.set(way, { type, ...kept, ...missing(type, kept) }, scope);
  }

  /** Adds an item to a list of components; a single one becomes a list where both may stand. */
  add(list: Way, item: unknown, scope: Scope = 'all'): Manifest {
    const place = this.get(list);
    const items = Array.isArray(place.value) ? (place.value as unknown[]) : [];
    if (scope === 'all' && Array.isArray(place.value)) {
      return this.next(insert(this.source, place.at, items.length, item));
    }
    const single = isRecord(place.value) ? [getIn(this.source.root(), place.at)] : items;
    return this.set(list, [...single, item], scope);
  }

  drop(list: Way, index: number, scope: Scope = 'all'): Manifest {
    return scope === 'all'
      ? this.next(remove(this.source, [...this.get(list).at, index]))
      : this.set(list, this.rawItems(list).toSpliced(index, 1), scope);
  }

  shift(list: Way, from: number, to: number, scope: Scope = 'all'): Manifest {
    if (scope === 'all') {
      return this.next(move(this.source, this.get(list).at, from, to));
    }
    const items = this.rawItems(list);
    items.splice(to, 0, ...items.splice(from, 1));
    return this.set(list, items, scope);
  }

  next(source: Source): Manifest {
    return source === this.source ? this : new Manifest(source);
  }

  private rawItems(list: Way): unknown[] {
    const raw = getIn(this.source.root(), this.get(list).at);
    return Array.isArray(raw) ? [...(raw as unknown[])] : [];
  }

  /** All streams and templates, in their order. */
  streams(): StreamEntry[] {
    return (['streams', 'dynamic_streams'] as const).flatMap((list) => {
      const { value } = this.get([list]);
      return (Array.isArray(value) ? value : []).map((_, index): StreamEntry => {
        const way = [list, index];
        const { type } = this.get(way);
        const name = this.get([...way, 'name']).value;
        const kind =
          list === 'dynamic_streams' ? 'template' : type === 'DeclarativeStream' ? 'stream' : 'other';
        return { way, name: typeof name === 'string' ? name : `${list} ${index + 1}`, kind, type };
      });
    });
  }

  stream(name: string): StreamEntry | undefined {
    return this.streams().find((each) => each.name === name);
  }

  /** Adds a stream that asks the base requester, if there is one. */
  addStream(name: string): Manifest {
    const root = this.source.root();
    const base = this.baseRequester();
    const stream = {
      type: 'DeclarativeStream',
      name,
      retriever: {
        type: 'SimpleRetriever',
        requester: { ...(base === undefined ? { type: 'HttpRequester' } : { $ref: base }), path: '' },
        record_selector: { type: 'RecordSelector', extractor: { type: 'DpathExtractor', field_path: [] } },
      },
      schema_loader: {
        type: 'InlineSchemaLoader',
        schema: { type: 'object', additionalProperties: true, properties: {} },
      },
    };
    const known = getIn(root, ['definitions', 'streams']);
    const key = freeKey(isRecord(known) ? known : {}, name);
    const defined = put(this.source, ['definitions', 'streams', key], stream);
    const listed = new Manifest(defined).add(['streams'], { $ref: `#/definitions/streams/${key}` });
    const checked = getIn(root, ['check', 'stream_names']);
    return Array.isArray(checked) && checked.length === 0
      ? listed.set(['check', 'stream_names'], [name])
      : listed;
  }

  /** A copy of a stream with another name, right behind it. */
  copyStream(entry: StreamEntry, name: string): Manifest {
    const list = entry.way[0] ?? 'streams';
    const index = Number(entry.way[1]);
    const raw = structuredClone(this.get(entry.way).value) as Record<string, unknown>;
    if (isRecord(raw.$parameters) && raw.name === undefined) {
      raw.$parameters = { ...raw.$parameters, name };
    } else {
      raw.name = name;
    }
    const counted = this.renumbered(list, (at) => (at > index ? at + 1 : at));
    return counted.next(insert(counted.source, [list], index + 1, raw));
  }

  renameStream(entry: StreamEntry, name: string): Manifest {
    const named = this.set([...entry.way, 'name'], name);
    const checked = named.get(['check', 'stream_names']).value;
    const at = Array.isArray(checked) ? checked.indexOf(entry.name) : -1;
    return at < 0 ? named : named.set(['check', 'stream_names', at], name);
  }

  /** Streams whose parent this one is. */
  dependants(entry: StreamEntry): string[] {
    const own = this.contentOf(entry.way);
    return this.streams()
      .filter((each) => this.parents(each).some((parent) => this.contentOf(parent) === own))
      .map((each) => each.name);
  }

  private parents(entry: StreamEntry): Way[] {
    const found: Way[] = [];
    const look = (way: Way) => {
      const { value } = this.get(way);
      if (Array.isArray(value)) {
        value.forEach((_, index) => look([...way, index]));
      } else if (isRecord(value)) {
        for (const key of ['parent_stream_configs', 'underlying_partition_router', 'partition_routers']) {
          if (key in value) {
            look([...way, key]);
          }
        }
        if ('stream' in value) {
          found.push([...way, 'stream']);
        }
      }
    };
    look([...entry.way, 'retriever', 'partition_router']);
    return found;
  }

  /** Where what is said in a place begins, behind all its links. */
  contentOf(way: Way): string {
    const place = this.get(way);
    return (place.links.at(-1)?.target ?? place.at).join('/');
  }

  removeStream(entry: StreamEntry): Manifest {
    const [list = 'streams', index = 0] = entry.way;
    const place = this.get(entry.way);
    const definition = place.links.at(-1)?.target;
    let source = remove(this.renumbered(list, (at) => (at > Number(index) ? at - 1 : at)).source, [
      list,
      index,
    ]);
    if (definition !== undefined && this.places.usesOf(definition) <= 1 && definition[0] === 'definitions') {
      source = remove(source, definition);
    }
    const manifest = new Manifest(source);
    const checked = manifest.get(['check', 'stream_names']).value;
    const at = Array.isArray(checked) ? checked.indexOf(entry.name) : -1;
    return at < 0 ? manifest : manifest.drop(['check', 'stream_names'], at);
  }

  moveStream(from: number, to: number): Manifest {
    const count = this.streams().filter((each) => each.way[0] === 'streams').length;
    const order = Array.from({ length: count }, (_, at) => at);
    order.splice(to, 0, ...order.splice(from, 1));
    const renumbered = this.renumbered('streams', (at) => order.indexOf(at));
    return renumbered.shift(['streams'], from, to);
  }

  /** Rewrites links that count streams. */
  private renumbered(list: string | number, number: (at: number) => number): Manifest {
    let source = this.source;
    const look = (value: unknown, way: Way) => {
      const pointer = pointerOf(value);
      const found = pointer === undefined ? null : new RegExp(`^#/${list}/(\\d+)(/.*)?$`).exec(pointer);
      if (found !== null) {
        const next = `#/${list}/${number(Number(found[1]))}${found[2] ?? ''}`;
        if (next !== pointer) {
          source = put(source, typeof value === 'string' ? way : [...way, '$ref'], next);
        }
      }
      if (Array.isArray(value)) {
        value.forEach((each, index) => look(each, [...way, index]));
      } else if (isRecord(value)) {
        Object.entries(value).forEach(([key, each]) => look(each, [...way, key]));
      }
    };
    look(this.source.root(), []);
    return this.next(source);
  }

  /** The pointer of the requester that streams have in common; undefined if there is none. */
  baseRequester(): string | undefined {
    const named = getIn(this.source.root(), ['definitions', 'base_requester']);
    if (isRecord(named)) {
      return '#/definitions/base_requester';
    }
    const definitions = getIn(this.source.root(), ['definitions']);
    const found = isRecord(definitions)
      ? Object.entries(definitions).find(([, each]) => isRecord(each) && each.type === 'HttpRequester')
      : undefined;
    return found === undefined ? undefined : `#/definitions/${found[0]}`;
  }

  /** Requesters of streams by where they stand: what the form calls global. */
  bases(): { way: Way; at: Way; streams: string[] }[] {
    const found = new Map<string, { way: Way; at: Way; streams: string[] }>();
    for (const stream of this.streams().filter((each) => each.kind === 'stream')) {
      const requester = [...stream.way, 'retriever', 'requester'];
      const place = this.get(requester);
      if (!isRecord(place.value)) {
        continue;
      }
      const url = this.get([...requester, place.value.url_base === undefined ? 'url' : 'url_base']);
      const at = url.at.slice(0, -1);
      const known = found.get(at.join('/'));
      found.set(at.join('/'), {
        way: known?.way ?? at,
        at,
        streams: [...(known?.streams ?? []), stream.name],
      });
    }
    const base = this.baseRequester();
    const way = base === undefined ? undefined : this.places.lookup(base);
    if (way !== undefined && !found.has(way.join('/'))) {
      found.set(way.join('/'), { way, at: way, streams: [] });
    }
    return [...found.values()];
  }
}

/** Fields that have to be there, empty, so that the form shows what is to be entered. */
export function missing(type: string, kept: Record<string, unknown>): Record<string, unknown> {
  const fields = COMPONENTS[type] ?? [];
  return Object.fromEntries(
    fields
      .filter((each) => each.isRequired === true && !(each.key in kept))
      .flatMap((each): [string, unknown][] => {
        const value = startOf(each);
        return value === undefined ? [] : [[each.key, value]];
      }),
  );
}

function startOf(field: Field): unknown {
  switch (field.kind) {
    case 'one': {
      const [type] = field.types ?? [];
      return field.orText === true || type === undefined ? undefined : { type, ...missing(type, {}) };
    }
    case 'many':
      return field.types?.length === 1 && field.types[0] !== undefined
        ? [{ type: field.types[0], ...missing(field.types[0], {}) }]
        : [];
    case 'path':
    case 'paths':
    case 'texts':
      return [];
    case 'choice':
      return field.options?.[0];
    case 'named':
    case 'schema':
      return {};
    case 'integer':
      return field.initial ?? 1;
    case 'template':
    case 'text':
    case 'long':
      return field.initial ?? '';
    default:
      return undefined;
  }
}

function common(value: Record<string, unknown>, before: string, type: string): Record<string, unknown> {
  const old = new Map((COMPONENTS[before] ?? []).map((each) => [each.key, each.kind]));
  return Object.fromEntries(
    (COMPONENTS[type] ?? [])
      .filter((each) => each.key in value && old.get(each.key) === each.kind)
      .map((each) => [each.key, value[each.key]]),
  );
}

function freeKey(known: Record<string, unknown>, name: string): string {
  const plain = name.replaceAll(/[^\w-]+/g, '_') || 'stream';
  for (let number = 1; ; number++) {
    const key = number === 1 ? plain : `${plain}_${number}`;
    if (!(key in known)) {
      return key;
    }
  }
}
