import { keep, recall } from '../../ui/storage';
import { readFilter, written, type ConnectionFilter } from '../../api/connections';

/** A filter under a name. */
export interface View {
  name: string;
  filter: ConnectionFilter;
}

const KEY = 'views.connections';
const MOST = 50;

/** The views that this browser keeps. Others get one by its address. */
export function views(): View[] {
  try {
    const kept: unknown = JSON.parse(recall(KEY) ?? '[]');
    return Array.isArray(kept)
      ? kept.flatMap((each: { name?: unknown; filter?: unknown }) =>
          typeof each.name === 'string' && typeof each.filter === 'object' && each.filter !== null
            ? [{ name: each.name, filter: readFilter(each.filter as Record<string, unknown>) }]
            : [],
        )
      : [];
  } catch {
    return [];
  }
}

export function saveView(view: View): View[] {
  const others = views().filter((each) => each.name !== view.name);
  return save([...others, view].sort((a, b) => a.name.localeCompare(b.name)).slice(-MOST));
}

export function removeView(name: string): View[] {
  return save(views().filter((each) => each.name !== name));
}

function save(all: View[]): View[] {
  keep(KEY, JSON.stringify(all.map(({ name, filter }) => ({ name, filter: written(filter) }))));
  return all;
}
