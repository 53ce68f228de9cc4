import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
} from 'yaml';

/** The way to a part: names of keys and numbers of items, from the root. */
export type Way = readonly (string | number)[];

export interface Trouble {
  message: string;
  /** From 0. */
  offset: number;
  line: number;
  column: number;
}

/** Tags that the engine's reader does not know either, or that the form has no use for. */
const UNUSED = /:(timestamp|binary|omap|pairs|set)$/;

/** A text of YAML, and what it says. It never changes; edits make another one. */
export class Source {
  readonly document: Document.Parsed;
  readonly troubles: Trouble[];
  private value: unknown;

  constructor(readonly text: string) {
    this.document = parseDocument(text, {
      // What runs manifests reads YAML 1.1.
      version: '1.1',
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
      customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !UNUSED.test(tag.tag)),
    });
    this.troubles = this.document.errors.map((error) => {
      const offset = error.pos[0];
      return { message: error.message, offset, ...this.position(offset) };
    });
  }

  get isBroken(): boolean {
    return this.troubles.length > 0;
  }

  /** All that it says, as values; nothing of what cannot be read. Not to be changed. */
  root(): unknown {
    if (this.value === undefined) {
      try {
        this.value = this.isBroken ? {} : ((this.document.toJS({ maxAliasCount: 10_000 }) as unknown) ?? {});
      } catch {
        this.value = {};
      }
    }
    return this.value;
  }

  /** The node at a place, without following links; undefined where nothing is. */
  node(way: Way): Node | undefined {
    let node: unknown = this.document.contents;
    for (const step of way) {
      if (isMap(node)) {
        node = pairOf(node.items, step)?.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
      } else {
        return undefined;
      }
    }
    return (node ?? undefined) as Node | undefined;
  }

  position(offset: number): { line: number; column: number } {
    const before = this.text.slice(0, offset);
    const start = before.lastIndexOf('\n') + 1;
    return { line: before.split('\n').length, column: offset - start + 1 };
  }

  /** Where a part begins in the text; where the nearest part around it begins that is there. */
  offset(way: Way): number {
    for (let length = way.length; length > 0; length--) {
      const part = way.slice(0, length);
      const parent = this.node(part.slice(0, -1));
      const last = part.at(-1);
      if (isMap(parent) && last !== undefined) {
        const key = pairOf(parent.items, last)?.key as Node | undefined;
        if (key?.range) {
          return key.range[0];
        }
      }
      const node = this.node(part);
      if (node?.range) {
        return node.range[0];
      }
    }
    return 0;
  }

  /** The innermost part that an offset lies in. */
  wayAt(offset: number): Way {
    const way: (string | number)[] = [];
    let node: unknown = this.document.contents;
    for (;;) {
      if (isMap(node)) {
        const found = node.items.findLast((pair) => ((pair.key as Node).range?.[0] ?? Infinity) <= offset);
        if (found === undefined || !isScalar(found.key)) {
          return way;
        }
        way.push(String(found.key.value));
        node = found.value;
      } else if (isSeq(node)) {
        const index = node.items.findLastIndex((item) => ((item as Node).range?.[0] ?? Infinity) <= offset);
        if (index < 0) {
          return way;
        }
        way.push(index);
        node = node.items[index];
      } else {
        return way;
      }
    }
  }

  /** Where an anchor stands, for aliases. */
  anchor(name: string): Way | undefined {
    let found: Way | undefined;
    visit(this.document, {
      Node: (_, node, path) => {
        if (!isAlias(node) && (node as { anchor?: string }).anchor === name) {
          found = wayOf([...path, node]);
          return visit.BREAK;
        }
        return undefined;
      },
    });
    return found;
  }
}

/** Keys may be numbers and booleans too; the last of several with a name counts, as for what runs manifests. */
export function pairOf(items: Pair[], key: string | number): Pair | undefined {
  return items.findLast((pair) => (isScalar(pair.key) ? String(pair.key.value) : undefined) === String(key));
}

function wayOf(path: readonly unknown[]): Way {
  const way: (string | number)[] = [];
  path.forEach((each, index) => {
    const next = path[index + 1];
    if (isMap(each)) {
      const pair = each.items.find((item) => item === next);
      if (pair !== undefined && isScalar(pair.key)) {
        way.push(String(pair.key.value));
      }
    } else if (isSeq(each)) {
      way.push(each.items.indexOf(next));
    }
  });
  return way;
}
