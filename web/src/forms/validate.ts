import type { MessageId } from '../i18n/messages';
import { inRange } from './numbers';
import type { Field } from './plan';
import type { Schema } from './schema';
import { allFields, isValues, MASK, optionOf, type Values } from './values';

/** What is wrong with a field, by the way to it. */
export interface Complaint {
  path: string[];
  id: MessageId;
  values: Record<string, string | number>;
}

/** What leads to another place, to which a stored secret must not be sent by accident. */
const PLACE = /^(host|hostname|server|url|base_?url|endpoint|account|address|domain)$/i;

/**
 * What keeps the values from being sent. The server looks again, and knows more.
 *
 * @param stored what was there before, with masks for secrets; undefined for something new
 */
export function complaints(spec: Schema, values: Values, stored?: Values): Complaint[] {
  const found: Complaint[] = [];
  const hasMoved = stored !== undefined && movedPlaces(stored, values);
  const walk = (fields: Field[], within: Values, path: string[]) => {
    for (const field of fields) {
      look(field, within[field.key], [...path, field.key]);
    }
  };
  const say = (path: string[], id: MessageId, more: Record<string, string | number> = {}) =>
    found.push({ path, id, values: more });

  function look(field: Field, value: unknown, path: string[]): void {
    if (field.control === 'const' || field.control === 'hidden' || field.control === 'readonly') {
      return;
    }
    const isMissing = value === undefined || value === null || value === '';
    if (isMissing) {
      if (field.isRequired && field.control !== 'switch') {
        say(path, 'form.required', { field: field.title });
      }
      return;
    }
    if (field.control === 'password' || field.control === 'passwordText') {
      lookSecret(value, path, field);
      return;
    }
    lookInside(field, value, path);
    for (const complaint of plainProblems(field, value)) {
      say(path, complaint.id, { field: field.title, ...complaint.values });
    }
  }

  function lookSecret(value: unknown, path: string[], field: Field): void {
    const before = stored === undefined ? undefined : at(stored, path);
    if (value === MASK && before !== MASK) {
      say(path, 'form.secret.mask', { field: field.title });
    } else if (value === MASK && hasMoved) {
      say(path, 'form.secret.again', { field: field.title });
    }
  }

  function lookInside(field: Field, value: unknown, path: string[]): void {
    if (field.control === 'object' && isValues(value)) {
      walk(field.fields, value, path);
    } else if (field.control === 'oneOf' && isValues(value)) {
      const option = optionOf(field, value);
      if (option === undefined) {
        say(path, 'form.option.gone', { field: field.title });
      } else {
        walk(option.fields, value, path);
      }
    } else if (field.control === 'cards' && Array.isArray(value) && field.item !== null) {
      const { item } = field;
      value.forEach((each, index) => look(item, each, [...path, String(index)]));
    }
  }

  walk(allFields(spec), values, []);
  return found;
}

function plainProblems(field: Field, value: unknown): Pick<Complaint, 'id' | 'values'>[] {
  const { schema } = field;
  if (field.control === 'number' || field.control === 'integer') {
    return inRange(schema, value, field.control === 'integer');
  }
  if (Array.isArray(value)) {
    if (schema.minItems !== undefined && value.length < schema.minItems) {
      return [{ id: 'form.items.few', values: { least: schema.minItems } }];
    }
    return schema.maxItems !== undefined && value.length > schema.maxItems
      ? [{ id: 'form.items.many', values: { most: schema.maxItems } }]
      : [];
  }
  if (typeof value !== 'string') {
    return [];
  }
  const text = value.trim();
  if (schema.minLength !== undefined && text.length < schema.minLength) {
    return [{ id: 'form.short', values: { least: schema.minLength } }];
  }
  if (schema.maxLength !== undefined && text.length > schema.maxLength) {
    return [{ id: 'form.long', values: { most: schema.maxLength } }];
  }
  return schema.pattern !== undefined && !matches(schema.pattern, text)
    ? [{ id: 'form.pattern', values: { form: schema.pattern_descriptor ?? schema.pattern } }]
    : [];
}

/** A pattern that this browser does not understand is left to the server. */
export function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    try {
      return new RegExp(pattern).test(text);
    } catch {
      return true;
    }
  }
}

function movedPlaces(stored: Values, values: Values): boolean {
  return Object.entries(stored).some(([key, before]) =>
    isValues(before)
      ? isValues(values[key]) && movedPlaces(before, values[key])
      : PLACE.test(key) && values[key] !== before,
  );
}

export function at(values: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (Array.isArray(found) ? found[Number(key)] : isValues(found) ? found[key] : undefined),
    values,
  );
}
