import { getIn, put, remove } from './edits';
import { isRecord } from './emit';
import { Manifest } from './manifest';
import { Source, type Way } from './source';

/** What a user of the connector enters: the properties of `spec.connection_specification`. */
export interface Input {
  id: string;
  schema: Record<string, unknown>;
  isRequired: boolean;
}

const SPEC: Way = ['spec', 'connection_specification'];
const PROPERTIES: Way = [...SPEC, 'properties'];

export function inputsOf(manifest: Manifest): Input[] {
  const { value } = manifest.get(SPEC);
  const properties = isRecord(value) && isRecord(value.properties) ? value.properties : {};
  const required = isRecord(value) && Array.isArray(value.required) ? value.required : [];
  const order = (schema: Record<string, unknown>) =>
    typeof schema.order === 'number' ? schema.order : Number.MAX_SAFE_INTEGER;
  return Object.entries(properties)
    .flatMap(([id, schema]) => (isRecord(schema) ? [{ id, schema, isRequired: required.includes(id) }] : []))
    .sort((one, other) => order(one.schema) - order(other.schema));
}

export function addInput(manifest: Manifest, input: Input): Manifest {
  const order = Math.max(-1, ...inputsOf(manifest).map((each) => Number(each.schema.order ?? -1))) + 1;
  const typed = manifest.get(['spec']).value === undefined ? manifest.set(['spec'], EMPTY) : manifest;
  const added = typed.set([...PROPERTIES, input.id], { ...input.schema, order });
  return input.isRequired ? require(added, input.id, true) : added;
}

const EMPTY = { type: 'Spec', connection_specification: { type: 'object', properties: {} } };

export function setInput(manifest: Manifest, id: string, key: string, value: unknown): Manifest {
  return manifest.set([...PROPERTIES, id, key], value);
}

export function require(manifest: Manifest, id: string, isRequired: boolean): Manifest {
  const at: Way = [...SPEC, 'required'];
  const { value } = manifest.get(at);
  const known: unknown[] = Array.isArray(value) ? value : [];
  const index = known.indexOf(id);
  if (isRequired === index >= 0) {
    return manifest;
  }
  return isRequired ? manifest.add(at, id) : manifest.drop(at, index);
}

/** The ways in which a template may name an input. */
function naming(id: string): RegExp {
  const name = id.replaceAll(/[$^*+?.()|[\]{}\\/-]/g, '\\$&');
  return new RegExp(
    `(config(?:\\[\\s*|\\.get\\(\\s*)(?:''|\\\\?["']))${name}(?=(?:''|\\\\?["']))|(\\bconfig\\.)${name}(?![\\w(])`,
    'g',
  );
}

/** Where a template names an input. */
export function usesOfInput(manifest: Manifest, id: string): Way[] {
  const found: Way[] = [];
  const look = (value: unknown, way: Way) => {
    if (typeof value === 'string') {
      if (naming(id).test(value)) {
        found.push(way);
      }
    } else if (Array.isArray(value)) {
      const isPath =
        way.at(-1) === 'authenticator_selection_path' || String(way.at(-1)).endsWith('_config_path');
      if (isPath && value[0] === id) {
        found.push(way);
      }
      value.forEach((each, index) => look(each, [...way, index]));
    } else if (isRecord(value)) {
      Object.entries(value).forEach(([key, each]) => look(each, [...way, key]));
    }
  };
  look(manifest.source.root(), []);
  return found;
}

/** Gives an input another id, and rewrites what names it. */
export function renameInput(manifest: Manifest, id: string, next: string): Manifest {
  const property = manifest.get([...PROPERTIES, id]);
  let source = manifest.source;
  for (const way of usesOfInput(manifest, id)) {
    const value = getIn(source.root(), way);
    source = Array.isArray(value)
      ? put(source, [...way, 0], next)
      : put(
          source,
          way,
          String(value).replaceAll(
            naming(id),
            (_, one: string | undefined, two: string | undefined) => `${one ?? two ?? ''}${next}`,
          ),
        );
  }
  // The key itself, in its place, with all that stands in it.
  const offset = new Source(source.text).offset(property.at);
  const key = new RegExp(`^(["']?)${id.replaceAll(/[$^*+?.()|[\]{}\\/-]/g, '\\$&')}\\1`);
  const text = source.text.slice(0, offset) + source.text.slice(offset).replace(key, next);
  const renamed = Manifest.of(text);
  const required = renamed.get([...SPEC, 'required']).value;
  const at = Array.isArray(required) ? required.indexOf(id) : -1;
  return at < 0 ? renamed : renamed.set([...SPEC, 'required', at], next);
}

export function removeInput(manifest: Manifest, id: string): Manifest {
  const without = require(manifest, id, false);
  return without.next(remove(without.source, without.get([...PROPERTIES, id]).at));
}

/** Moves an input to another place in the order of the form. */
export function orderInputs(manifest: Manifest, ids: string[]): Manifest {
  return ids.reduce((each, id, order) => each.set([...PROPERTIES, id, 'order'], order), manifest);
}

/** Inputs that an authentication cannot do without; those that are there are taken as they are. */
const NEEDED: Record<string, [key: string, id: string, title: string, isSecret: boolean][]> = {
  ApiKeyAuthenticator: [['api_token', 'api_key', 'API key', true]],
  BearerAuthenticator: [['api_token', 'api_token', 'API token', true]],
  BasicHttpAuthenticator: [
    ['username', 'username', 'User name', false],
    ['password', 'password', 'Password', true],
  ],
  OAuthAuthenticator: [
    ['client_id', 'client_id', 'Client ID', true],
    ['client_secret', 'client_secret', 'Client secret', true],
    ['refresh_token', 'client_refresh_token', 'Refresh token', true],
  ],
  JwtAuthenticator: [['secret_key', 'secret_key', 'Secret key', true]],
};

/** Chooses an authentication, and asks users for what it needs. */
export function chooseAuthentication(
  manifest: Manifest,
  way: Way,
  type: string | undefined,
  scope: 'all' | 'here' = 'all',
): Manifest {
  let next = manifest.choose(way, type, scope);
  for (const [key, id, title, isSecret] of type === undefined ? [] : (NEEDED[type] ?? [])) {
    const { value } = next.get([...way, key]);
    if (value === undefined || value === '') {
      next = next.set([...way, key], `{{ config['${id}'] }}`, scope);
      if (!inputsOf(next).some((each) => each.id === id)) {
        const schema = { type: 'string', title, ...(isSecret ? { airbyte_secret: true } : {}) };
        next = addInput(next, { id, schema, isRequired: true });
      }
    }
  }
  return next;
}

/** Chooses a grant of OAuth. Without a refresh token nobody is asked for one. */
export function chooseGrant(
  manifest: Manifest,
  way: Way,
  grant: string | undefined,
  scope: 'all' | 'here' = 'all',
): Manifest {
  const chosen = manifest.set(way, grant, scope);
  const authenticator = way.slice(0, -1);
  if (grant !== 'client_credentials') {
    return chooseAuthentication(chosen, authenticator, 'OAuthAuthenticator', scope).set(way, grant, scope);
  }
  const token = [...authenticator, 'refresh_token'];
  const { value } = chosen.get(token);
  const without = value === undefined ? chosen : chosen.set(token, undefined, scope);
  const left = inputsOf(without).filter(
    ({ id }) => typeof value === 'string' && naming(id).test(value) && usesOfInput(without, id).length === 0,
  );
  return left.reduce((each, { id }) => removeInput(each, id), without);
}
