import { isValues, MASK } from '../forms/values';

/** A configuration without what nobody can see: a copy asks for it again. */
export function withoutSecrets(configuration: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(configuration)
      .filter(([, value]) => value !== MASK)
      .map(([key, value]) => [key, inside(value)]),
  );
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inside);
  }
  return isValues(value) ? withoutSecrets(value) : value;
}
