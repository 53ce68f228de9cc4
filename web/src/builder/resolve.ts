import { getIn } from './edits';
import { isRecord, without } from './emit';
import { Places, pointerOf } from './places';
import type { Source } from './source';
import { typeOf } from './types';

/** A manifest as it is understood: links followed, types said, `$parameters` spread, and nothing of what nobody uses. */
export function meaning(source: Source): Record<string, unknown> {
  const places = new Places(source);
  const whole = source.root();
  const root = isRecord(whole) ? without(whole, 'definitions', 'schemas', 'metadata') : {};
  const linked = followed(root, places, []);
  return spread(linked, {}, undefined, '') as Record<string, unknown>;
}

function followed(value: unknown, places: Places, seen: string[]): unknown {
  const pointer = pointerOf(value);
  if (pointer !== undefined) {
    const way = places.lookup(pointer);
    if (way === undefined || seen.includes(pointer)) {
      throw new Error(`${pointer} leads nowhere`);
    }
    const target = followed(getIn(places.source.root(), way), places, [...seen, pointer]);
    if (!isRecord(value) || !isRecord(target)) {
      return target;
    }
    return { ...target, ...(followed(without(value, '$ref'), places, seen) as object) };
  }
  if (Array.isArray(value)) {
    return value.map((each) => followed(each, places, seen));
  }
  if (!isRecord(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === 'config_overrides' ? each : followed(each, places, seen),
    ]),
  );
}

type Parameters = Record<string, unknown>;

function spread(value: unknown, around: Parameters, parent: string | undefined, field: string): unknown {
  if (!isRecord(value)) {
    return value;
  }
  const type = field === '' ? 'DeclarativeSource' : typeOf(value, parent, field);
  const { $parameters: own, ...rest } = value;
  const given = { ...around, ...(isRecord(own) ? own : {}) };
  if (type === 'object' || Array.isArray(rest.type)) {
    return value;
  }
  if (type === undefined) {
    return Object.fromEntries(
      Object.entries(rest).map(([key, each]) => [
        key,
        isRecord(each) && 'type' in each ? spread(each, given, parent, field) : each,
      ]),
    );
  }
  const node: Record<string, unknown> = { ...rest, type };
  for (const [name, each] of Object.entries(given)) {
    node[name] = isSaid(node[name]) ? node[name] : each;
  }
  const within = (name: string, each: unknown): unknown => {
    const hidden = without(given, name);
    return Array.isArray(each)
      ? each.map((item: unknown) => (isRecord(item) ? spread(item, hidden, type, name) : item))
      : spread(each, hidden, type, name);
  };
  return Object.fromEntries(Object.entries(node).map(([key, each]) => [key, within(key, each)]));
}

function isSaid(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : isRecord(value)
      ? Object.keys(value).length > 0
      : Boolean(value);
}
