/** The part of JSON Schema that specs of connectors use, with the words that forms are told by. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  order?: number;
  group?: string;
  groups?: { id: string; title?: string }[];
  always_show?: boolean;
  airbyte_secret?: boolean;
  airbyte_hidden?: boolean;
  multiline?: boolean;
  pattern?: string;
  pattern_descriptor?: string;
  examples?: unknown;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  display_type?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema | boolean;
  additionalProperties?: Schema | boolean;
  readOnly?: boolean;
  deprecated?: boolean;
  [keyword: string]: unknown;
}

/** What no control exists for: where one of these stands, that part is edited as text. */
const TOO_MUCH = [
  'not',
  'anyOf',
  'patternProperties',
  'prefixItems',
  'allOf',
  'if',
  'then',
  'else',
  'dependentSchemas',
  'dependentRequired',
];

const DEEPEST = 6;

export function isTooMuch(schema: Schema): boolean {
  return TOO_MUCH.some((keyword) => keyword in schema);
}

/** A schema without references; `null` where they go round or too deep. */
export function resolved(root: Schema, schema: Schema, depth = 0): Schema | null {
  if (depth > DEEPEST) {
    return null;
  }
  if (schema.$ref !== undefined) {
    const { $ref, ...beside } = schema;
    const found = at(root, $ref);
    return found === undefined ? null : resolved(root, { ...found, ...beside }, depth + 1);
  }
  // "Or nothing" is what optional fields are anyway.
  const some = (schema.anyOf ?? schema.oneOf)?.filter((each) => each.type !== 'null');
  const [only] = some ?? [];
  if (only !== undefined && some?.length === 1 && (schema.anyOf ?? schema.oneOf)?.length === 2) {
    const beside = { ...schema };
    delete beside.anyOf;
    delete beside.oneOf;
    return resolved(root, { ...only, ...beside }, depth + 1);
  }
  return schema;
}

function at(root: Schema, reference: string): Schema | undefined {
  if (!reference.startsWith('#/')) {
    return undefined;
  }
  let found: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    found =
      typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[name] : undefined;
  }
  return typeof found === 'object' && found !== null ? (found as Schema) : undefined;
}

/** The kind of value, of several the first that is not "nothing". */
export function typeOf(schema: Schema): string | undefined {
  if (Array.isArray(schema.type)) {
    return schema.type.find((each) => each !== 'null');
  }
  if (schema.type !== undefined) {
    return schema.type;
  }
  return schema.properties !== undefined ? 'object' : schema.items !== undefined ? 'array' : undefined;
}
