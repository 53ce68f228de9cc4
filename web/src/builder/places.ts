import { isAlias } from 'yaml';
import { getIn, put, remove } from './edits';
import { isRecord } from './emit';
import { typeOf } from './types';
import type { Source, Way } from './source';

/** A `$ref`, a text that begins with `#/`, or an alias that was followed on the way to a part. */
export interface Link {
  /** Where it stands. */
  site: Way;
  /** What it leads to. */
  target: Way;
  pointer: string;
  /** How many lead there. */
  uses: number;
}

/** A part as a form sees it: links are followed, and what `$parameters` give is there. */
export interface Place {
  /** The way that a form takes. */
  way: Way;
  /** Where it stands in the text, or would stand. */
  at: Way;
  value: unknown;
  type: string | undefined;
  /** The links that lead to what it says. */
  links: Link[];
  /** The links that lead to where it stands. */
  siteLinks: Link[];
  /** True if it comes from `$parameters` of something around it. */
  isGiven: boolean;
}

interface Layer {
  at: Way;
  value: unknown;
  links: Link[];
}

type Given = Map<string, { at: Way; value: unknown; links: Link[] }>;

interface Holder {
  type: string | undefined;
  field: string;
}

interface Step {
  /** What stands there, over what it refers to, over what that refers to. */
  layers: [Layer, ...Layer[]];
  type: string | undefined;
  given: Given;
  holder: Holder;
}

const INERT = new Set(['definitions', 'schemas', 'metadata', 'description']);

/** Reads a manifest through its links. */
export class Places {
  private readonly uses = new Map<string, number>();
  private readonly sites = new Set<string>();
  private readonly visited = new Set<string>();
  private readonly root: unknown;
  private readonly hasAnchors: boolean;

  constructor(readonly source: Source) {
    this.root = source.root();
    this.hasAnchors = source.text.includes('&');
    if (isRecord(this.root)) {
      for (const [key, value] of Object.entries(this.root)) {
        if (!INERT.has(key)) {
          this.count(value, [key]);
        }
      }
    }
  }

  /** How many links lead to a part. */
  usesOf(way: Way): number {
    return this.uses.get(way.join('\n')) ?? 0;
  }

  get(way: Way): Place {
    let isGiven = false;
    let step = this.enter({ at: [], value: this.root, links: [] }, new Map(), { type: undefined, field: '' });
    for (const key of way) {
      const own = childOf(step, key);
      const gift = step.type === undefined || typeof key === 'number' ? undefined : step.given.get(key);
      isGiven = gift !== undefined && isTruthy(gift.value) && !isTruthy(own.value);
      const holder = typeof key === 'number' ? step.holder : { type: step.type, field: key };
      const around = new Map(step.given);
      around.delete(String(key));
      step = this.enter(isGiven && gift ? gift : own, around, holder);
    }
    const [first] = step.layers;
    return {
      way,
      at: first.at,
      value: merged(step.layers),
      type: step.type,
      links: step.layers.at(-1)?.links ?? [],
      siteLinks: first.links,
      isGiven,
    };
  }

  /** Puts a value in a place; `here` only, where it is shared, or for `all` that share it. */
  set(way: Way, value: unknown, scope: 'all' | 'here' = 'all'): Source {
    const place = this.get(way);
    const shared = place.siteLinks.find((link) => link.uses > 1);
    if (scope === 'all' || shared === undefined) {
      return value === undefined ? remove(this.source, place.at) : put(this.source, place.at, value);
    }
    return this.own(way, value);
  }

  /** Puts a value beside a link, so that all else goes on being shared. */
  private own(way: Way, value: unknown): Source {
    // The first step whose way to it is shared: what stands before it is ours.
    const at = way.findIndex((_, index) =>
      this.get(way.slice(0, index + 1)).siteLinks.some((link) => link.uses > 1),
    );
    const holder = this.get(way.slice(0, at));
    const rest = way.slice(at);
    const raw = getIn(this.root, holder.at);
    const over = this.over(isRecord(raw) ? raw : { $ref: raw }, rest, value);
    return put(this.source, holder.at, over);
  }

  /** A link with what is different from what it leads to. */
  private over(link: Record<string, unknown>, rest: Way, value: unknown): unknown {
    const [key, ...more] = rest;
    if (key === undefined) {
      return value;
    }
    const pointer = typeof link.$ref === 'string' ? link.$ref : undefined;
    const target = pointer === undefined ? undefined : getIn(this.root, this.lookup(pointer) ?? []);
    const within = link[String(key)] ?? (isRecord(target) ? target[String(key)] : undefined);
    if (more.length === 0) {
      return { ...link, [key]: value ?? null };
    }
    if (Array.isArray(within)) {
      const [index, ...deeper] = more;
      const items: unknown[] = [...(within as unknown[])];
      if (deeper.length === 0 && value === undefined) {
        items.splice(Number(index), 1);
      } else {
        items[Number(index)] = this.over(asLink(items[Number(index)]), deeper, value);
      }
      return { ...link, [key]: items };
    }
    const isThere = key in link;
    const child = isThere || !isRecord(within) || '$ref' in within ? asLink(within) : undefined;
    const base = child ?? (pointer === undefined ? asLink(within) : { $ref: `${pointer}/${key}` });
    return { ...link, [key]: this.over(base, more, value) };
  }

  /** The part that a pointer leads to; at each step as many of its words as are a name together. */
  lookup(pointer: string): Way | undefined {
    return found(this.root, pointer.replace(/^#\//, ''));
  }

  private enter(start: Layer, given: Given, holder: Holder): Step {
    let layers: [Layer, ...Layer[]] = [start];
    const seen = new Set<string>();
    for (;;) {
      const top = layers.at(-1) ?? start;
      const link = this.linkOf(top);
      if (link === undefined || seen.has(link.pointer)) {
        break;
      }
      seen.add(link.pointer);
      const next = { at: link.target, value: getIn(this.root, link.target), links: [...top.links, link] };
      layers = isRecord(top.value) && '$ref' in top.value ? [...layers, next] : [next];
    }
    const value = merged(layers);
    if (!isRecord(value)) {
      return { layers, type: undefined, given, holder };
    }
    if (value.type === 'object' || Array.isArray(value.type)) {
      return { layers, type: undefined, given: new Map(), holder };
    }
    const around = new Map(given);
    const giving = layers.find((layer) => isRecord(layer.value) && isRecord(layer.value.$parameters));
    if (giving !== undefined) {
      const parameters = (giving.value as { $parameters: Record<string, unknown> }).$parameters;
      for (const [name, each] of Object.entries(parameters)) {
        around.set(name, { at: [...giving.at, '$parameters', name], value: each, links: giving.links });
      }
    }
    const type = holder.field === '' ? 'DeclarativeSource' : typeOf(value, holder.type, holder.field);
    return { layers, type, given: around, holder };
  }

  private linkOf(layer: Layer): Link | undefined {
    const { value, at } = layer;
    const pointer = pointerOf(value);
    if (pointer !== undefined && at.at(-1) !== 'config_overrides') {
      const target = this.lookup(pointer);
      return target && { site: at, target, pointer, uses: this.sharedBy(target) };
    }
    if (this.hasAnchors) {
      const node = this.source.node(at);
      const target = isAlias(node) ? this.source.anchor(node.source) : undefined;
      return target && isAlias(node) ? { site: at, target, pointer: `*${node.source}`, uses: 2 } : undefined;
    }
    return undefined;
  }

  /** A stream is one stream however many have it for a parent. */
  private sharedBy(target: Way): number {
    const value = getIn(this.root, target);
    const isStream = isRecord(value) && ('retriever' in value || value.type === 'DeclarativeStream');
    return isStream ? 1 : this.usesOf(target);
  }

  private count(value: unknown, at: Way): void {
    const pointer = pointerOf(value);
    const target = pointer === undefined ? undefined : this.lookup(pointer);
    const site = at.join('\n');
    if (target !== undefined && !this.sites.has(site)) {
      this.sites.add(site);
      const name = target.join('\n');
      this.uses.set(name, (this.uses.get(name) ?? 0) + 1);
      if (!this.visited.has(name)) {
        this.visited.add(name);
        this.count(getIn(this.root, target), target);
      }
    }
    if (Array.isArray(value)) {
      value.forEach((each, index) => this.count(each, [...at, index]));
    } else if (isRecord(value) && value.type !== 'object') {
      for (const [key, each] of Object.entries(value)) {
        if (key !== '$ref' && key !== 'config_overrides') {
          this.count(each, [...at, key]);
        }
      }
    }
  }
}

function childOf(step: Step, key: string | number): Layer {
  for (const { at, value, links } of step.layers) {
    if (Array.isArray(value) || (isRecord(value) && key in value)) {
      return { at: [...at, key], value: getIn(value, [key]), links };
    }
  }
  const [own] = step.layers;
  return { at: [...own.at, key], value: undefined, links: own.links };
}

/** What the layers say together: the upper ones over the lower ones, as a whole for each key. */
function merged(layers: Layer[]): unknown {
  const [first] = layers;
  const last = layers.at(-1)?.value;
  if (layers.length === 1 || !isRecord(last)) {
    return layers.length === 1 ? first?.value : last;
  }
  const all = Object.assign({}, ...layers.toReversed().map((layer) => layer.value)) as Record<
    string,
    unknown
  >;
  delete all.$ref;
  return all;
}

export function pointerOf(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return value.startsWith('#/') ? value : undefined;
  }
  return isRecord(value) && typeof value.$ref === 'string' ? value.$ref : undefined;
}

function asLink(value: unknown): Record<string, unknown> {
  const pointer = typeof value === 'string' ? pointerOf(value) : undefined;
  return pointer !== undefined ? { $ref: pointer } : isRecord(value) ? value : {};
}

function found(value: unknown, path: string): Way | undefined {
  if (path === '') {
    return [];
  }
  const words = path.split('/');
  for (let length = words.length; length > 0; length--) {
    const key = words.slice(0, length).join('/');
    const has = Array.isArray(value)
      ? /^\d+$/.test(key) && Number(key) < value.length
      : isRecord(value) && key in value;
    if (has) {
      const step = Array.isArray(value) ? Number(key) : key;
      const rest = found(getIn(value, [step]), words.slice(length).join('/'));
      if (rest !== undefined) {
        return [step, ...rest];
      }
    }
  }
  return undefined;
}

/** As Python has it: empty is false. */
function isTruthy(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : isRecord(value)
      ? Object.keys(value).length > 0
      : Boolean(value);
}
