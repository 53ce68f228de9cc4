import type { Field, Option } from './plan';
import { plan } from './plan';
import type { Schema } from './schema';

export type Values = Record<string, unknown>;

/** What the server says in the place of a secret. Sent back, it means: leave the secret as it is. */
export const MASK = '**********';

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Only sections show what is in them; values have all fields. */
function allFields(spec: Schema): Field[] {
  const hidden = Object.entries(spec.properties ?? {});
  const shown = plan(spec).flatMap((section) => [...section.required, ...section.optional]);
  const known = new Set(shown.map((field) => field.key));
  const rest = hidden
    .filter(([key]) => !known.has(key))
    .map(([key, schema]): Field => ({
      key,
      title: key,
      control: 'const',
      schema,
      isRequired: (spec.required ?? []).includes(key),
      fields: [],
      options: [],
      item: null,
    }));
  return [...shown, ...rest];
}

/** What a new form begins with: what has one value only, and defaults of what is required. */
export function initial(spec: Schema): Values {
  return initialOf(allFields(spec));
}

export function initialOf(fields: Field[]): Values {
  const values: Values = {};
  for (const field of fields) {
    const value = initialValue(field);
    if (value !== undefined) {
      values[field.key] = value;
    }
  }
  return values;
}

export function initialValue(field: Field): unknown {
  const { schema, control } = field;
  if (control === 'const') {
    return schema.const ?? schema.default;
  }
  if (control === 'hidden') {
    return schema.default;
  }
  if (control === 'oneOf') {
    return field.isRequired || schema.default !== undefined || schema.always_show === true
      ? optionValue(startOption(field))
      : undefined;
  }
  if (control === 'object') {
    const inner = initialOf(field.fields);
    return field.isRequired || Object.keys(inner).length > 0 ? inner : undefined;
  }
  // Defaults of what is optional are shown and not kept, so that a better default later is one for this too.
  return field.isRequired ? schema.default : undefined;
}

/** The option that a new form shows. */
export function startOption(field: Field): Option | undefined {
  const visible = field.options.filter((option) => !option.isHidden);
  const wished = isValues(field.schema.default) ? field.schema.default : undefined;
  return (
    visible.find((option) => option.mark !== null && wished?.[option.mark.key] === option.mark.value) ??
    visible[0]
  );
}

export function optionValue(option: Option | undefined): Values {
  if (option === undefined) {
    return {};
  }
  return {
    ...(option.mark === null ? {} : { [option.mark.key]: option.mark.value }),
    ...initialOf(option.fields),
  };
}

/** The option that a value is of. */
export function optionOf(field: Field, value: unknown): Option | undefined {
  const values = isValues(value) ? value : {};
  const marked = field.options.find(
    (option) => option.mark !== null && values[option.mark.key] === option.mark.value,
  );
  return marked ?? field.options.find((option) => option.mark === null && fits(option, values));
}

function fits(option: Option, values: Values): boolean {
  const known = new Set(option.fields.map((field) => field.key));
  return Object.keys(values).every((key) => known.has(key));
}

/**
 * The value when somebody chooses another option: what was typed for it before, else its own beginning with what the
 * two have in common.
 */
export function switched(from: unknown, to: Option, before: Values | undefined): Values {
  const start = optionValue(to);
  if (before !== undefined) {
    return { ...start, ...before };
  }
  const old = isValues(from) ? from : {};
  const kept = to.fields
    .filter((field) => field.key in old && sameKind(old[field.key], field))
    .map((field) => [field.key, old[field.key]] as const);
  return { ...start, ...Object.fromEntries(kept) };
}

function sameKind(value: unknown, field: Field): boolean {
  switch (field.control) {
    case 'switch':
      return typeof value === 'boolean';
    case 'number':
    case 'integer':
      return typeof value === 'number';
    case 'tags':
    case 'multiselect':
    case 'cards':
      return Array.isArray(value);
    case 'object':
    case 'keyvalue':
    case 'oneOf':
      return isValues(value);
    default:
      return typeof value === 'string';
  }
}

/** What is sent: without what belongs to other options, with what has one value only, texts without blanks around them. */
export function prepared(spec: Schema, values: Values): Values {
  return preparedOf(allFields(spec), values, true);
}

function preparedOf(fields: Field[], values: Values, keepsOthers: boolean): Values {
  const known = new Set(fields.map((field) => field.key));
  const result: Values = keepsOthers
    ? Object.fromEntries(Object.entries(values).filter(([key]) => !known.has(key)))
    : {};
  for (const field of fields) {
    const value = preparedValue(field, values[field.key]);
    if (value !== undefined) {
      result[field.key] = value;
    }
  }
  return result;
}

function preparedValue(field: Field, value: unknown): unknown {
  switch (field.control) {
    case 'const':
    case 'hidden':
      return value ?? initialValue(field);
    case 'object':
      return isValues(value) ? preparedOf(field.fields, value, true) : undefined;
    case 'oneOf': {
      const option = optionOf(field, value);
      if (option === undefined || !isValues(value)) {
        return value;
      }
      const mark = option.mark === null ? {} : { [option.mark.key]: option.mark.value };
      return { ...mark, ...preparedOf(option.fields, value, false) };
    }
    case 'cards': {
      const { item } = field;
      return Array.isArray(value) && item !== null ? value.map((each) => preparedValue(item, each)) : value;
    }
    case 'password':
    case 'passwordText':
      return value === '' ? undefined : value;
    default:
      return typeof value === 'string' ? trimmed(value) : value;
  }
}

function trimmed(value: string): string | undefined {
  const text = value.trim();
  return text === '' ? undefined : text;
}

export { allFields };
