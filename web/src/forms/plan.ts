import { isTooMuch, resolved, typeOf, type Schema } from './schema';

/** The control that a value is entered with. */
export type Control =
  | 'text'
  | 'password'
  | 'passwordText'
  | 'textarea'
  | 'select'
  | 'segmented'
  | 'date'
  | 'datetime'
  | 'number'
  | 'integer'
  | 'switch'
  | 'tags'
  | 'multiselect'
  | 'cards'
  | 'object'
  | 'keyvalue'
  | 'oneOf'
  | 'raw'
  | 'const'
  | 'readonly'
  | 'hidden';

export interface Field {
  key: string;
  title: string;
  control: Control;
  schema: Schema;
  isRequired: boolean;
  /** Of an object. */
  fields: Field[];
  /** Of a oneOf. */
  options: Option[];
  /** Of a list of objects. */
  item: Field | null;
}

/** One of several ways to fill a part. */
export interface Option {
  title: string;
  description: string | undefined;
  /** The property that tells this option from the others, with its value; null if the spec has none. */
  mark: { key: string; value: unknown } | null;
  fields: Field[];
  isHidden: boolean;
}

/** Fields that stand together; those that nobody has to fill in come last, folded. */
export interface Section {
  id: string;
  title: string | undefined;
  required: Field[];
  optional: Field[];
}

const FEW = 3;

/** How a form for a spec looks. */
export function plan(spec: Schema): Section[] {
  const fields = fieldsOf(spec, spec, 0);
  const titles = new Map((spec.groups ?? []).map((group) => [group.id, group.title]));
  const groups = new Map<string, Field[]>();
  for (const field of fields) {
    const id = field.schema.group ?? '';
    groups.set(id, [...(groups.get(id) ?? []), field]);
  }
  return [...groups.keys()]
    .sort((a, b) => rank(a, titles) - rank(b, titles) || natural(a, b))
    .map((id) => section(id, titles.get(id), groups.get(id) ?? []));
}

function rank(id: string, titles: Map<string, unknown>): number {
  const place = [...titles.keys()].indexOf(id);
  if (id === 'advanced') {
    return Number.MAX_SAFE_INTEGER;
  }
  return id === '' ? -1 : place >= 0 ? place : titles.size;
}

export function section(id: string, title: string | undefined, fields: Field[]): Section {
  const shown = fields.filter((field) => field.control !== 'hidden' && field.control !== 'const');
  const comes = (field: Field) => field.isRequired || field.schema.always_show === true;
  return { id, title, required: shown.filter(comes), optional: shown.filter((field) => !comes(field)) };
}

function fieldsOf(root: Schema, schema: Schema, depth: number): Field[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {})
    .map(([key, property]) => fieldOf(root, key, property, required.has(key), depth + 1))
    .sort(inOrder);
}

/** Fields in the order of the spec; those without one come after them, by name. */
function inOrder(a: Field, b: Field): number {
  const order = (field: Field) => field.schema.order ?? Number.MAX_SAFE_INTEGER;
  return first(a) - first(b) || order(a) - order(b) || natural(a.key, b.key);
}

function first(field: Field): number {
  const { isRequired, schema, control } = field;
  return isRequired || schema.always_show === true || control === 'oneOf' || control === 'object' ? 0 : 1;
}

function natural(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function fieldOf(root: Schema, key: string, given: Schema, isRequired: boolean, depth: number): Field {
  const schema = resolved(root, given);
  const field: Field = {
    key,
    title: given.title ?? schema?.title ?? words(key),
    control: 'raw',
    schema: schema ?? given,
    isRequired,
    fields: [],
    options: [],
    item: null,
  };
  if (schema === null || depth > 12 || isTooMuch(schema)) {
    return field;
  }
  if (schema.oneOf !== undefined) {
    return { ...field, control: 'oneOf', options: optionsOf(root, schema, depth) };
  }
  field.control = controlOf(schema);
  if (field.control === 'object') {
    field.fields = fieldsOf(root, schema, depth);
  } else if (field.control === 'cards') {
    field.item = fieldOf(root, '', schema.items as Schema, true, depth + 1);
  }
  return field;
}

function controlOf(schema: Schema): Control {
  if (schema.airbyte_hidden === true) {
    return 'hidden';
  }
  const only = schema.enum?.length === 1 && schema.enum[0] === schema.default;
  if ('const' in schema || only) {
    return 'const';
  }
  if (schema.readOnly === true) {
    return 'readonly';
  }
  switch (typeOf(schema)) {
    case 'string':
      return textControl(schema);
    case 'number':
      return schema.enum === undefined ? 'number' : 'select';
    case 'integer':
      return schema.enum === undefined ? 'integer' : 'select';
    case 'boolean':
      return 'switch';
    case 'array':
      return listControl(schema);
    case 'object':
      return objectControl(schema);
    default:
      return schema.enum === undefined ? 'raw' : 'select';
  }
}

function textControl(schema: Schema): Control {
  if (schema.airbyte_secret === true) {
    return schema.multiline === true ? 'passwordText' : 'password';
  }
  if (schema.enum !== undefined) {
    return schema.enum.length <= FEW ? 'segmented' : 'select';
  }
  if (schema.multiline === true || ['sql', 'json', 'yaml', 'code'].includes(schema.format ?? '')) {
    return 'textarea';
  }
  return schema.format === 'date' ? 'date' : schema.format === 'date-time' ? 'datetime' : 'text';
}

function listControl(schema: Schema): Control {
  // Lists that do not say of what are lists of texts, as all of them are that one meets.
  if (typeof schema.items !== 'object') {
    return 'tags';
  }
  switch (typeOf(schema.items)) {
    case 'string':
    case 'number':
    case 'integer':
      return schema.items.enum === undefined ? 'tags' : 'multiselect';
    default:
      return schema.items.properties !== undefined || schema.items.oneOf !== undefined || schema.items.$ref
        ? 'cards'
        : 'raw';
  }
}

function objectControl(schema: Schema): Control {
  if (Object.keys(schema.properties ?? {}).length > 0) {
    return 'object';
  }
  const more = schema.additionalProperties;
  return typeof more === 'object' && ['string', 'number', 'integer'].includes(typeOf(more) ?? '')
    ? 'keyvalue'
    : 'raw';
}

function optionsOf(root: Schema, schema: Schema, depth: number): Option[] {
  const options = (schema.oneOf ?? []).map((each) => resolved(root, each) ?? {});
  const key = markOf(options);
  return options.map((option, index) => ({
    title: option.title ?? (key === null ? `${index + 1}` : words(String(constOf(option, key)))),
    description: option.description,
    mark: key === null ? null : { key, value: constOf(option, key) },
    fields: fieldsOf(root, option, depth).filter((field) => field.key !== key),
    isHidden: option.airbyte_hidden === true,
  }));
}

/** The property that has a value of its own in each option. */
function markOf(options: Schema[]): string | null {
  const [one] = options;
  const keys = Object.keys(one?.properties ?? {});
  return keys.find((key) => options.every((option) => constOf(option, key) !== undefined)) ?? null;
}

function constOf(option: Schema, key: string): unknown {
  const property = option.properties?.[key];
  return property?.const ?? (property?.enum?.length === 1 ? property.enum[0] : undefined);
}

/** A name of a field as one would say it. */
export function words(key: string): string {
  const spaced = key
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .trim()
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** The form as lines, for those who compare: what stands where, and with which control. */
export function outline(sections: Section[]): string[] {
  const lines: string[] = [];
  const add = (field: Field, depth: number) => {
    const mark = field.isRequired ? '*' : '';
    lines.push(`${'  '.repeat(depth)}${field.key || '[]'}${mark}: ${field.control}`);
    field.fields.forEach((each) => add(each, depth + 1));
    if (field.item !== null) {
      add(field.item, depth + 1);
    }
    field.options.forEach((option) => {
      lines.push(`${'  '.repeat(depth + 1)}(${option.title})`);
      option.fields.forEach((each) => add(each, depth + 2));
    });
  };
  for (const { id, required, optional } of sections) {
    lines.push(`# ${id}`);
    required.forEach((field) => add(field, 0));
    if (optional.length > 0) {
      lines.push('…');
      optional.forEach((field) => add(field, 0));
    }
  }
  return lines;
}
