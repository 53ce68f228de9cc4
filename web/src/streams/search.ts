import type { CatalogEntry } from '../api/schema';
import { keyOf, labelOf, type IssueKind, type Wishes } from './streams';

/** What is looked through: made once of a catalog, so that a key pressed costs little. */
export interface Index {
  streams: CatalogEntry[];
  names: string[];
  /** Names and types of all fields of a stream, a line each. */
  fields: string[];
  /** Their names alone, for patterns that look at where a name begins and ends. */
  columns: string[];
}

export function indexOf(streams: CatalogEntry[]): Index {
  return {
    streams,
    names: streams.map((each) => labelOf(each).toLowerCase()),
    fields: streams.map((each) =>
      (each.fields ?? [])
        .map(([name, type]) => `${name ?? ''}\t${type ?? ''}`)
        .join('\n')
        .toLowerCase(),
    ),
    columns: streams.map((each) => (each.fields ?? []).map(([name]) => name ?? '').join('\n')),
  };
}

export type Tab = 'all' | 'selected' | 'unselected' | 'issues';

/** What somebody has typed: words and conditions, of which all have to hold. */
export interface Asked {
  tests: ((at: number) => boolean)[];
  /** Why a pattern cannot be used. */
  wrong: string | undefined;
}

export function ask(
  text: string,
  index: Index,
  inFields: boolean,
  wishes: Wishes,
  found: ReadonlyMap<string, IssueKind>,
): Asked {
  const tests: Asked['tests'] = [];
  let wrong: string | undefined;
  for (const word of text.match(/\/(?:\\.|[^/\\])+\/|\S+/g) ?? []) {
    if (word.startsWith('/') && word.endsWith('/') && word.length > 2) {
      try {
        const pattern = new RegExp(word.slice(1, -1), 'im');
        tests.push(
          (at) => pattern.test(index.names[at] ?? '') || (inFields && pattern.test(index.columns[at] ?? '')),
        );
      } catch (failure) {
        wrong = failure instanceof Error ? failure.message : String(failure);
      }
    } else {
      tests.push(condition(word.toLowerCase(), index, inFields, wishes, found));
    }
  }
  return { tests, wrong };
}

function condition(
  word: string,
  index: Index,
  inFields: boolean,
  wishes: Wishes,
  found: ReadonlyMap<string, IssueKind>,
): (at: number) => boolean {
  const [facet, value = ''] = word.split(':', 2);
  const stream = (at: number) => index.streams[at];
  const choice = (at: number) => {
    const of = stream(at);
    return of === undefined ? undefined : wishes.chosen[keyOf(of)];
  };
  switch (value === '' ? '' : facet) {
    case 'ns':
      return (at) => (stream(at)?.namespace ?? '').toLowerCase() === value;
    case 'mode':
      return (at) => choice(at)?.mode.includes(value) === true;
    case 'type':
      return (at) => index.fields[at]?.includes(`\t${value}`) === true;
    case 'has':
      return (at) => value === 'pk' && (choice(at)?.primaryKey ?? stream(at)?.primaryKey ?? []).length > 0;
    case 'is': {
      return (at) => {
        const of = stream(at);
        return value === 'custom'
          ? choice(at)?.isCustom === true
          : value === 'invalid' && of !== undefined && found.has(keyOf(of));
      };
    }
    default:
      return (at) =>
        index.names[at]?.includes(word) === true || (inFields && index.fields[at]?.includes(word) === true);
  }
}

/** The streams that are asked for. */
export function filter(
  index: Index,
  asked: Asked,
  tab: Tab,
  wishes: Wishes,
  found: ReadonlyMap<string, IssueKind>,
): CatalogEntry[] {
  return index.streams.filter((stream, at) => {
    const key = keyOf(stream);
    const isChosen = key in wishes.chosen;
    const isInTab = tab === 'all' || (tab === 'issues' ? found.has(key) : isChosen === (tab === 'selected'));
    return isInTab && asked.tests.every((test) => test(at));
  });
}
