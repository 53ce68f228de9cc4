import type { Mapper } from './mappers';

/*
 * What the table of streams shows of mappers and changes by itself: a filter of rows, parts of documents, fields that are hashed.
 * Filters come first, where a source can leave rows out by itself, then parts; what somebody has put after them stays as it is.
 */

const FILTER = 'row-filtering';
const PARTS = 'field-selection';
const HASH = 'hashing';

export type Path = readonly string[];

/** How many of the first mappers are such as the table makes. */
function lead(mappers: Mapper[]): number {
  const end = mappers.findIndex(({ type }) => type !== FILTER && type !== PARTS);
  return end < 0 ? mappers.length : end;
}

function isShownFilter({ type, mapperConfiguration: { conditions } }: Mapper): boolean {
  return type === FILTER && (conditions as { type?: unknown } | undefined)?.type === 'EXPRESSION';
}

/** The condition that rows have to meet; undefined if all come along. */
export function filterOf(mappers: Mapper[]): string | undefined {
  const found = mappers.slice(0, lead(mappers)).find(isShownFilter);
  return (found?.mapperConfiguration.conditions as { expression?: string } | undefined)?.expression;
}

export function withFilter(mappers: Mapper[], expression: string | undefined): Mapper[] {
  const at = mappers.slice(0, lead(mappers)).findIndex(isShownFilter);
  const rest = at < 0 ? mappers : mappers.filter((_, each) => each !== at);
  const filter: Mapper = {
    type: FILTER,
    mapperConfiguration: { conditions: { type: 'EXPRESSION', expression } },
  };
  return expression === undefined
    ? rest
    : [...rest.slice(0, Math.max(at, 0)), filter, ...rest.slice(Math.max(at, 0))];
}

/** The paths inside of a field that come along; undefined if it is copied whole. */
export function partsOf(mappers: Mapper[], field: string): Path[] | undefined {
  const found = mappers
    .slice(0, lead(mappers))
    .find(({ type, mapperConfiguration: told }) => type === PARTS && told.targetField === field);
  return found?.mapperConfiguration.paths as Path[] | undefined;
}

export function withParts(mappers: Mapper[], field: string, paths: Path[] | undefined): Mapper[] {
  const first = mappers.slice(0, lead(mappers));
  const later = mappers.slice(first.length);
  const rest = first.filter(
    ({ type, mapperConfiguration: told }) => type !== PARTS || told.targetField !== field,
  );
  const parts = { type: PARTS, mapperConfiguration: { targetField: field, paths } };
  return paths === undefined ? [...rest, ...later] : [...rest, parts, ...later];
}

export function isHashed(mappers: Mapper[], field: string): boolean {
  return mappers.some(({ type, mapperConfiguration: told }) => type === HASH && told.targetField === field);
}

export function withHash(mappers: Mapper[], field: string, isOn: boolean): Mapper[] {
  if (isOn) {
    const hash = {
      type: HASH,
      mapperConfiguration: { targetField: field, method: 'SHA-256', fieldNameSuffix: '_hashed' },
    };
    return isHashed(mappers, field) ? mappers : [...mappers, hash];
  }
  return mappers.filter(({ type, mapperConfiguration: told }) => type !== HASH || told.targetField !== field);
}

/** A mapper in as few words as tell whether it is another; nothing of what may be a secret. */
export function shortly({ type, mapperConfiguration: told }: Mapper): string {
  const names = ['targetField', 'originalFieldName', 'newFieldName', 'method', 'algorithm', 'value', 'paths'];
  return [type, ...names.filter((name) => told[name] !== undefined).map((name) => JSON.stringify(told[name]))]
    .join(' ')
    .concat(type === FILTER ? ` ${JSON.stringify(told.conditions)}` : '');
}

/** Whether what is at a path inside of a field comes along: all of it, some of it, or nothing. */
export function extentOf(kept: Path[] | undefined, path: Path): 'whole' | 'some' | 'none' {
  if (kept === undefined || kept.some((each) => isWithin(path, each))) {
    return 'whole';
  }
  return kept.some((each) => isWithin(each, path)) ? 'some' : 'none';
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.length <= path.length && outer.every((name, at) => path[at] === name);
}

/**
 * The paths that are kept once the one at `path` is taken out, or in; undefined if all of them are. The fewest that say so: what
 * comes into a part later comes along where the part is whole. `known` are all paths inside of the field.
 */
export function toggledPart(kept: Path[] | undefined, known: Path[], path: Path): Path[] | undefined {
  const isIn = extentOf(kept, path) === 'whole';
  const leaves = known.filter(
    (each) => !known.some((other) => other.length > each.length && isWithin(other, each)),
  );
  const left = leaves.filter((leaf) => (isWithin(leaf, path) ? !isIn : extentOf(kept, leaf) === 'whole'));
  const cover = (parent: Path): Path[] | 'whole' => {
    const children = known.filter((each) => each.length === parent.length + 1 && isWithin(each, parent));
    if (children.length === 0) {
      return left.some((leaf) => leaf.length === parent.length && isWithin(leaf, parent)) ? 'whole' : [];
    }
    const covers = children.map((child) => ({ child, of: cover(child) }));
    return covers.every(({ of }) => of === 'whole')
      ? 'whole'
      : covers.flatMap(({ child, of }) => (of === 'whole' ? [child] : of));
  };
  const found = cover([]);
  return found === 'whole' ? undefined : found;
}
