/** Writes values as YAML that readers of YAML 1.1 and 1.2 understand alike: what either takes for something else is quoted. */

/** Words that one of the two takes for a boolean or for nothing. */
const SPECIAL = /^(y|n|yes|no|on|off|true|false|null|~|)$/i;
/** Letters first, and nothing in it that means something to YAML. */
const PLAIN = /^[A-Za-z_/][\w./+-]*( [\w./+(-][\w./+()-]*)*$/;
const STEP = 2;

export type Quotes = 'plain' | 'single' | 'double';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text as a scalar of one line. */
export function quoted(text: string, wish: Quotes = 'plain'): string {
  if (wish === 'plain' && PLAIN.test(text) && !SPECIAL.test(text)) {
    return text;
  }
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text)) {
    return JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped);
  }
  const isAwkward = text.includes('"') || text.includes('\\');
  if ((wish === 'single' && !text.includes("'")) || (isAwkward && wish !== 'double')) {
    return `'${text.replaceAll("'", "''")}'`;
  }
  return JSON.stringify(text);
}

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A value that is neither list nor map. */
export function scalar(value: unknown, wish: Quotes = 'plain'): string {
  if (typeof value === 'string') {
    return quoted(value, wish);
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    return Number.isFinite(Number(value)) ? String(value) : '.nan';
  }
  return value === true ? 'true' : value === false ? 'false' : 'null';
}

/** A value in one line, for where braces stand already. */
export function inFlow(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(inFlow).join(', ')}]`;
  }
  if (isRecord(value)) {
    const pairs = known(value).map(([key, each]) => `${quoted(key)}: ${inFlow(each)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  return scalar(value);
}

/** What follows the colon of a key that stands in column `indent`, with the space or the new line before it. */
export function afterColon(value: unknown, indent: number): string {
  const lines = block(value, indent + STEP);
  return lines === undefined ? ` ${oneLine(value, indent + STEP)}` : `\n${lines}`;
}

/** What follows the dash of an item whose dash stands in column `indent`. */
export function afterDash(value: unknown, indent: number): string {
  const lines = block(value, indent + STEP);
  return lines === undefined ? ` ${oneLine(value, indent + STEP)}` : ` ${lines.trimStart()}`;
}

/** The lines of a list or a map; undefined for what stands in the line of its key. */
function block(value: unknown, indent: number): string | undefined {
  const margin = ' '.repeat(indent);
  if (Array.isArray(value) && value.length > 0) {
    return value.map((each) => `${margin}-${afterDash(each, indent)}`).join('\n');
  }
  if (isRecord(value) && known(value).length > 0) {
    return known(value)
      .map(([key, each]) => `${margin}${quoted(key)}:${afterColon(each, indent)}`)
      .join('\n');
  }
  return undefined;
}

function known(map: Record<string, unknown>): [string, unknown][] {
  return Object.entries(map).filter(([, value]) => value !== undefined);
}

/** Texts of several lines stand as they are, if YAML can hold them so. */
function oneLine(value: unknown, indent: number): string {
  if (Array.isArray(value)) {
    return '[]';
  }
  if (isRecord(value)) {
    return '{}';
  }
  if (
    typeof value === 'string' &&
    /^[^\s][\t\n\x20-\x7e\u00a0-\ud7ff]*$/.test(value) &&
    value.includes('\n')
  ) {
    const end = value.endsWith('\n') ? (value.endsWith('\n\n') ? undefined : '') : '-';
    if (end !== undefined && !/[ \t]$/m.test(value)) {
      const margin = ' '.repeat(indent);
      const lines = value.replace(/\n$/, '').split('\n');
      return `|${end}\n${lines.map((line) => (line === '' ? '' : margin + line)).join('\n')}`;
    }
  }
  return scalar(value);
}

/** A map without some of its keys. */
export function without(map: Record<string, unknown>, ...keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}
