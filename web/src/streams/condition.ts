/** One comparison of a field. */
export interface Comparison {
  field: string;
  operator: Operator;
  value: string;
}

export const OPERATORS = ['=', '<>', '<', '<=', '>', '>=', 'is null', 'is not null'] as const;
export type Operator = (typeof OPERATORS)[number];

/** Comparisons of which all hold, or any. */
export interface Condition {
  join: 'and' | 'or';
  comparisons: Comparison[];
}

export function takesValue(operator: Operator): boolean {
  return !operator.startsWith('is');
}

/** The condition as an expression. What is compared with numbers and truth values is one, everything else a text. */
export function expressionOf({ join, comparisons }: Condition, types: ReadonlyMap<string, string>): string {
  return comparisons
    .map(({ field, operator, value }) => {
      const name =
        /^[A-Za-z_]\w*$/.test(field) && !WORDS.has(field.toLowerCase())
          ? field
          : `"${field.replaceAll('"', '""')}"`;
      return takesValue(operator)
        ? `${name} ${operator} ${literal(value.trim(), types.get(field) ?? '')}`
        : `${name} ${operator}`;
    })
    .join(` ${join} `);
}

const WORDS = new Set(
  'and or not in is null true false case when then else end if cast as between like'.split(' '),
);

function literal(value: string, type: string): string {
  const isNumber = /^(int|decimal|float)/.test(type) && /^-?\d+(\.\d+)?$/.test(value);
  const isTruth = type === 'boolean' && /^(true|false)$/i.test(value);
  return isNumber || isTruth ? value.toLowerCase() : `'${value.replaceAll("'", "''")}'`;
}

const NAME = String.raw`("(?:[^"]|"")+"|[A-Za-z_]\w*)`;
const VALUE = String.raw`('(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false)`;
const PART = new RegExp(
  `^\\s*${NAME}\\s*(?:(<>|<=|>=|=|<|>)\\s*${VALUE}|(is\\s+not\\s+null|is\\s+null)(?!\\w))\\s*(?:(and|or)(?!\\w)|$)`,
  'i',
);

/** What an expression says, if it is no more than comparisons of fields; undefined if it is. */
export function conditionOf(expression: string): Condition | undefined {
  const comparisons: Comparison[] = [];
  const joins = new Set<string>();
  let rest = expression;
  while (rest.trim() !== '') {
    const found = PART.exec(rest);
    if (found === null) {
      return undefined;
    }
    const [whole, name = '', sign, value = '', nullness, join] = found;
    if (nullness === undefined && WORDS.has(name.toLowerCase())) {
      return undefined;
    }
    const operator = OPERATORS.find(
      (each) => each === (sign ?? nullness ?? '').toLowerCase().replaceAll(/\s+/g, ' '),
    );
    if (operator === undefined) {
      return undefined;
    }
    comparisons.push({
      field: name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name,
      operator,
      value: value.startsWith("'") ? value.slice(1, -1).replaceAll("''", "'") : value,
    });
    rest = rest.slice(whole.length);
    if (join !== undefined) {
      joins.add(join.toLowerCase());
      if (rest.trim() === '') {
        return undefined;
      }
    }
  }
  return joins.size > 1 || comparisons.length === 0
    ? undefined
    : { join: joins.has('or') ? 'or' : 'and', comparisons };
}
