import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { afterColon, afterDash, inFlow, isRecord, quoted, scalar, type Quotes } from './emit';
import { pairOf, Source, type Way } from './source';

/** Changes of a text of YAML that touch what they change and nothing else: no comment, no quotes, no order of others. */

/** Puts a value in a place, making what has to be around it. */
export function put(source: Source, way: Way, value: unknown): Source {
  if (source.text.trim() === '' || source.document.contents === null) {
    return new Source(source.text + afterColon(nested(way, value), -2).replace(/^[\n ]/, '') + '\n');
  }
  return checked(
    source,
    put0(source, way, value),
    (root) => setIn(root, way, value),
    (document) => document.setIn(way, document.createNode(value)),
  );
}

/** Takes a part away; a list or a map that is left without anything stays, empty. */
export function remove(source: Source, way: Way): Source {
  if (source.node(way) === undefined && !hasKey(source, way)) {
    return source;
  }
  return checked(
    source,
    remove0(source, way),
    (root) => deleteIn(root, way),
    (document) => document.deleteIn(way),
  );
}

/** Puts an item into a list, before the one that has this number now. */
export function insert(source: Source, list: Way, index: number, value: unknown): Source {
  const node = source.node(list);
  if (!isSeq(node) || node.items.length === 0 || index >= node.items.length) {
    const length = isSeq(node) ? node.items.length : 0;
    return length === 0 ? put(source, list, [value]) : put(source, [...list, length], value);
  }
  return checked(
    source,
    insert0(source, node, index, value),
    (root) => {
      (getIn(root, list) as unknown[]).splice(index, 0, value);
    },
    (document) => {
      (document.getIn(list) as YAMLSeq).items.splice(index, 0, document.createNode(value));
    },
  );
}

/** Moves an item of a list to another place in it, with the comments above it. */
export function move(source: Source, list: Way, from: number, to: number): Source {
  const node = source.node(list);
  if (!isSeq(node) || from === to || node.items[from] === undefined || node.items[to] === undefined) {
    return source;
  }
  return checked(
    source,
    move0(source, node, from, to),
    (root) => {
      const items = getIn(root, list) as unknown[];
      items.splice(to, 0, ...items.splice(from, 1));
    },
    (document) => {
      const { items } = document.getIn(list) as YAMLSeq;
      items.splice(to, 0, ...items.splice(from, 1));
    },
  );
}

/**
 * The text that was made, if it says what it should. Where it does not (a way of writing that nobody thought of), the whole
 * is written anew by the library: comments stay, and the margins may change.
 */
function checked(
  source: Source,
  text: string | undefined,
  change: (root: unknown) => void,
  otherwise: (document: Document) => void,
): Source {
  const wanted = structuredClone(source.root());
  change(wanted);
  if (text !== undefined) {
    const made = new Source(text);
    if (!made.isBroken && same(made.root(), wanted)) {
      return made;
    }
  }
  const document = source.document.clone() as Document;
  otherwise(document);
  return new Source(document.toString({ lineWidth: 0 }));
}

function put0(source: Source, way: Way, value: unknown): string | undefined {
  const last = way.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const around = way.slice(0, -1);
  const parent = source.node(around);
  if (parent === undefined || isAlias(parent) || isScalar(parent) || isEmpty(parent)) {
    const fresh = typeof last === 'number' ? [value] : { [last]: value };
    return around.length === 0 ? undefined : put0(source, around, fresh);
  }
  if (isMap(parent)) {
    const pair = pairOf(parent.items, last);
    return pair === undefined
      ? addedPair(source, parent, String(last), value)
      : replaced(source, parent, pair, value);
  }
  if (!isSeq(parent)) {
    return undefined;
  }
  const item = parent.items[Number(last)] as Node | undefined;
  if (item === undefined) {
    return appended(source, parent, value);
  }
  const start = item.range?.[0];
  if (start === undefined) {
    return undefined;
  }
  if (isPlainScalar(item) && !isCollection(value)) {
    return spliced(source.text, start, endOf(source, item), scalar(value, quotesOf(item)));
  }
  if (parent.flow === true) {
    return spliced(source.text, start, endOf(source, item), inFlow(value));
  }
  const dash = dashBefore(source.text, start);
  return dash === undefined
    ? undefined
    : spliced(source.text, dash + 1, endOf(source, item), afterDash(value, columnOf(source.text, dash)));
}

function replaced(source: Source, parent: YAMLMap, pair: Pair, value: unknown): string | undefined {
  const key = pair.key as Node;
  const old = pair.value as Node | null;
  const keyEnd = key.range?.[1];
  if (keyEnd === undefined) {
    return undefined;
  }
  if (
    old?.range &&
    isPlainScalar(old) &&
    old.range[0] < old.range[1] &&
    !isCollection(value) &&
    !isLong(value)
  ) {
    return spliced(source.text, old.range[0], endOf(source, old), scalar(value, quotesOf(old)));
  }
  const colon = source.text.indexOf(':', keyEnd);
  if (colon < 0) {
    return undefined;
  }
  const end = old?.range && old.range[0] < old.range[1] ? Math.max(endOf(source, old), colon + 1) : colon + 1;
  if (parent.flow === true) {
    return spliced(source.text, colon + 1, end, ` ${inFlow(value)}`);
  }
  const text = afterColon(value, columnOf(source.text, key.range?.[0] ?? 0));
  // A comment in the line of the key stays there.
  const [line = ''] = source.text.slice(colon + 1, end).split('\n');
  const comment = old?.range && old.range[0] > colon + 1 + line.length && /^\s*#/.test(line) ? line : '';
  return spliced(
    source.text,
    colon + 1,
    end,
    comment !== '' && text.startsWith('\n') ? comment + text : text,
  );
}

function addedPair(source: Source, parent: YAMLMap, key: string, value: unknown): string | undefined {
  const last = parent.items.at(-1);
  const first = parent.items[0]?.key as Node | undefined;
  if (last === undefined || first?.range === undefined || first.range === null) {
    return undefined;
  }
  const end = endOfPair(source, last);
  if (parent.flow === true) {
    return spliced(source.text, end, end, `, ${quoted(key)}: ${inFlow(value)}`);
  }
  const indent = columnOf(source.text, first.range[0]);
  const line = lineEnd(source.text, end);
  return spliced(
    source.text,
    line,
    line,
    `\n${' '.repeat(indent)}${quoted(key)}:${afterColon(value, indent)}`,
  );
}

function appended(source: Source, list: YAMLSeq, value: unknown): string | undefined {
  const last = list.items.at(-1) as Node | undefined;
  if (!last?.range) {
    return undefined;
  }
  const end = endOf(source, last);
  if (list.flow === true) {
    return spliced(source.text, end, end, `, ${inFlow(value)}`);
  }
  const dash = dashBefore(source.text, (list.items[0] as Node).range?.[0] ?? 0);
  if (dash === undefined) {
    return undefined;
  }
  const indent = columnOf(source.text, dash);
  const line = lineEnd(source.text, end);
  return spliced(source.text, line, line, `\n${' '.repeat(indent)}-${afterDash(value, indent)}`);
}

function insert0(source: Source, list: YAMLSeq, index: number, value: unknown): string | undefined {
  const start = (list.items[index] as Node).range?.[0];
  if (start === undefined) {
    return undefined;
  }
  if (list.flow === true) {
    return spliced(source.text, start, start, `${inFlow(value)}, `);
  }
  const dash = dashBefore(source.text, start);
  if (dash === undefined) {
    return undefined;
  }
  const indent = columnOf(source.text, dash);
  return spliced(source.text, dash, dash, `-${afterDash(value, indent)}\n${' '.repeat(indent)}`);
}

function move0(source: Source, list: YAMLSeq, from: number, to: number): string | undefined {
  if (list.flow === true) {
    return undefined;
  }
  const spans = list.items.map((item) => itemSpan(source, item as Node));
  const moved = spans[from];
  const target = spans[to];
  if (moved === undefined || target === undefined || spans.some((span) => span === undefined)) {
    return undefined;
  }
  const { text } = source;
  const lines = text.slice(moved.start, moved.end).replace(/\n?$/, '\n');
  if (from < to) {
    const gap = text.slice(moved.end, target.end).replace(/\n?$/, '\n');
    return text.slice(0, moved.start) + gap + lines + text.slice(target.end);
  }
  const gap = text.slice(target.start, moved.start);
  return text.slice(0, target.start) + lines + gap + text.slice(moved.end);
}

/** The lines of an item, with those of comments right above it; undefined where the dash does not begin its line. */
function itemSpan(source: Source, item: Node): { start: number; end: number } | undefined {
  const at = item.range?.[0];
  const dash = at === undefined ? undefined : dashBefore(source.text, at);
  if (dash === undefined) {
    return undefined;
  }
  let start = lineStart(source.text, dash);
  if (source.text.slice(start, dash).trim() !== '') {
    return undefined;
  }
  for (;;) {
    const above = lineStart(source.text, Math.max(0, start - 1));
    if (start === 0 || !source.text.slice(above, start).trimStart().startsWith('#')) {
      break;
    }
    start = above;
  }
  return { start, end: Math.min(source.text.length, lineEnd(source.text, endOf(source, item)) + 1) };
}

function remove0(source: Source, way: Way): string | undefined {
  const last = way.at(-1);
  const around = way.slice(0, -1);
  const parent = source.node(around);
  if (last === undefined || !(isMap(parent) || isSeq(parent))) {
    return undefined;
  }
  if (parent.items.length === 1) {
    return put0(source, around, isMap(parent) ? {} : []);
  }
  const { text } = source;
  if (isMap(parent)) {
    const index = parent.items.findLastIndex(
      (pair) => isScalar(pair.key) && String(pair.key.value) === String(last),
    );
    const pair = parent.items[index];
    const start = (pair?.key as Node | undefined)?.range?.[0];
    if (pair === undefined || start === undefined) {
      return undefined;
    }
    const next = (parent.items[index + 1]?.key as Node | undefined)?.range?.[0];
    const before = index > 0 ? endOfPair(source, parent.items[index - 1] as Pair) : undefined;
    return cut(text, { start, end: endOfPair(source, pair), next, before }, parent.flow === true);
  }
  const index = Number(last);
  const item = parent.items[index] as Node;
  const at = item.range?.[0];
  const start = at === undefined || parent.flow === true ? at : dashBefore(text, at);
  if (start === undefined) {
    return undefined;
  }
  const following = (parent.items[index + 1] as Node | undefined)?.range?.[0];
  const next = following === undefined || parent.flow === true ? following : dashBefore(text, following);
  const before = index > 0 ? endOf(source, parent.items[index - 1] as Node) : undefined;
  return cut(text, { start, end: endOf(source, item), next, before }, parent.flow === true);
}

function cut(
  text: string,
  span: { start: number; end: number; next: number | undefined; before: number | undefined },
  isFlow: boolean,
): string | undefined {
  const { start, end, next, before } = span;
  if (isFlow) {
    return next !== undefined
      ? spliced(text, start, next, '')
      : before === undefined
        ? undefined
        : spliced(text, before, end, '');
  }
  const line = lineStart(text, start);
  if (text.slice(line, start).trim() !== '') {
    return next === undefined ? undefined : spliced(text, start, next, '');
  }
  return spliced(text, line, Math.min(text.length, lineEnd(text, end) + 1), '');
}

/** Where what a node says ends, without the blanks and comments behind it. */
function endOf(source: Source, node: Node): number {
  if (isMap(node) && node.flow !== true && node.items.length > 0) {
    return endOfPair(source, node.items.at(-1) as Pair);
  }
  if (isSeq(node) && node.flow !== true && node.items.length > 0) {
    const last = node.items.at(-1) as Node | null;
    return last?.range ? endOf(source, last) : (node.range?.[1] ?? 0);
  }
  const [start, end] = node.range ?? [0, 0];
  const isBlock = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
  return isBlock ? start + source.text.slice(start, end).trimEnd().length : end;
}

function endOfPair(source: Source, pair: Pair): number {
  const value = pair.value as Node | null;
  const key = pair.key as Node;
  const keyEnd = source.text.indexOf(':', key.range?.[1] ?? 0) + 1;
  return value?.range && value.range[0] < value.range[1] ? Math.max(endOf(source, value), keyEnd) : keyEnd;
}

function hasKey(source: Source, way: Way): boolean {
  const parent = source.node(way.slice(0, -1));
  return isMap(parent) && pairOf(parent.items, way.at(-1) ?? '') !== undefined;
}

function isEmpty(node: Node): boolean {
  return (isMap(node) || isSeq(node)) && node.items.length === 0;
}

function isCollection(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isLong(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\n');
}

function isPlainScalar(node: Node): boolean {
  return isScalar(node) && node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED';
}

function quotesOf(node: Node): Quotes {
  const type = isScalar(node) ? node.type : undefined;
  return type === 'QUOTE_SINGLE' ? 'single' : type === 'QUOTE_DOUBLE' ? 'double' : 'plain';
}

function dashBefore(text: string, start: number): number | undefined {
  const dash = text.lastIndexOf('-', start - 1);
  return dash >= 0 && /^-(\s|#.*\n)*([&!]\S+\s+)*$/.test(text.slice(dash, start)) ? dash : undefined;
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function spliced(text: string, start: number, end: number, fresh: string): string {
  return text.slice(0, start) + fresh + text.slice(end);
}

function nested(way: Way, value: unknown): unknown {
  return way.reduceRight<unknown>(
    (within, step) => (typeof step === 'number' ? [within] : { [step]: within }),
    value,
  );
}

export function getIn(root: unknown, way: Way): unknown {
  let value = root;
  for (const step of way) {
    value = Array.isArray(value) ? value[Number(step)] : isRecord(value) ? value[String(step)] : undefined;
  }
  return value;
}

function setIn(root: unknown, way: Way, value: unknown): void {
  let within = root as Record<string | number, unknown>;
  way.slice(0, -1).forEach((step, index) => {
    const next = within[step];
    if (typeof next !== 'object' || next === null || isVoid(next)) {
      within[step] = typeof way[index + 1] === 'number' ? [] : {};
    }
    within = within[step] as Record<string | number, unknown>;
  });
  const last = way.at(-1);
  if (last !== undefined) {
    within[last] = structuredClone(value);
  }
}

/** An empty list may become a map, and the other way round. */
function isVoid(value: object): boolean {
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

function deleteIn(root: unknown, way: Way): void {
  const within = getIn(root, way.slice(0, -1));
  const last = way.at(-1);
  if (Array.isArray(within)) {
    within.splice(Number(last), 1);
  } else if (isRecord(within) && last !== undefined) {
    Reflect.deleteProperty(within, last);
  }
}

/** True if two values say the same. */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) {
    return true;
  }
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) && one.length === other.length && one.every((each, at) => same(each, other[at]))
    );
  }
  if (!isRecord(one) || !isRecord(other)) {
    return false;
  }
  const keys = Object.keys(one).filter((key) => one[key] !== undefined);
  const others = Object.keys(other).filter((key) => other[key] !== undefined);
  return keys.length === others.length && keys.every((key) => key in other && same(one[key], other[key]));
}
