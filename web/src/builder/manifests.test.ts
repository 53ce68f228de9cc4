import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMPONENTS, isShown, type Field } from './catalogue';
import { same } from './edits';
import { isRecord } from './emit';
import { addInput, inputsOf, setInput } from './inputs';
import { BLANK, Manifest } from './manifest';
import { meaning } from './resolve';
import type { Way } from './source';

const FOLDER = new URL('../../../../shared/manifests/', import.meta.url);
// The public manifests lie beside the project, if at all.
const NAMES = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')) : [];
const texts = new Map<string, string>();
function read(name: string): string {
  const text = texts.get(name) ?? readFileSync(new URL(name, FOLDER), 'utf8');
  texts.set(name, text);
  return text;
}
const PLAIN = NAMES.filter((name) => !/^\s*-?\s*class_name:|CustomIncrementalSync/m.test(read(name)));
const SMALL = PLAIN.filter((name) => read(name).length < 20_000);
/** Each of them for thorough people; a spread of them where time counts. */
const ALL = process.env.SLUICE_ALL_MANIFESTS !== undefined;

describe.skipIf(NAMES.length === 0)('public manifests (not beside this checkout: skipped)', () => {
  it('open, show their streams, and are the same when nothing was changed', () => {
    expect(PLAIN.length).toBeGreaterThan(100);
    const strange: string[] = [];
    for (const name of ALL ? PLAIN : SMALL) {
      const text = read(name);
      const manifest = Manifest.of(text);
      expect(manifest.source.troubles, name).toEqual([]);
      expect(manifest.text).toBe(text);
      const shown = manifest.streams();
      const { streams, dynamic_streams: templates } = meaning(manifest.source);
      const all = [streams, templates].flatMap((each) =>
        Array.isArray(each) ? (each as unknown[]) : [],
      ) as {
        name?: string;
      }[];
      expect(shown.length, name).toBe(all.length);
      shown.forEach((stream, at) => {
        const named = all[at]?.name;
        if (named !== undefined && stream.name !== named) {
          strange.push(`${name}: ${stream.name} is ${named}`);
        }
        if (
          stream.kind === 'stream' &&
          manifest.get([...stream.way, 'retriever']).type === 'SimpleRetriever'
        ) {
          const address = ['url', 'url_base'].some(
            (key) => typeof manifest.get([...stream.way, 'retriever', 'requester', key]).value === 'string',
          );
          if (!address) {
            strange.push(`${name}: ${stream.name} has no address`);
          }
        }
      });
    }
    expect(strange).toEqual([]);
  }, 120_000);

  it('keep everything else when a field is edited, and are as before when it is edited back', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    let edits = 0;
    for (const name of SMALL.filter((_, at) => ALL || at % 3 !== 2)) {
      const manifest = Manifest.of(read(name));
      const fields = manifest
        .streams()
        .flatMap((stream) => textFields(manifest, stream.way, 'DeclarativeStream'));
      const field = fields[random(Math.max(1, fields.length))];
      if (field === undefined) {
        continue;
      }
      const before = manifest.get(field);
      const edited = manifest.set(field, 'edited', 'all');
      expect(edited.get(field).value, `${name} ${field.join('/')}`).toBe('edited');
      const [start = 0, end = 0] = manifest.source.node(before.at)?.range ?? [];
      const lines = manifest.text.slice(start, end).trimEnd().split('\n').length;
      expect(linesThatDiffer(manifest.text, edited.text), `${name} ${field.join('/')}`).toBeLessThanOrEqual(
        lines,
      );
      const back = edited.set(field, before.value, 'all');
      expect(same(back.source.root(), manifest.source.root()), `${name} ${field.join('/')}`).toBe(true);
      // Here only: what else there is means the same as before.
      const here = manifest.set(field, 'edited', 'here');
      expect(here.get(field).value, `${name} ${field.join('/')}`).toBe('edited');
      const others = manifest.streams().filter((stream) => stream.way[1] !== field[1]);
      for (const other of others.slice(0, 2)) {
        if (
          before.at[0] === 'definitions' &&
          !manifest.dependants(at(manifest, field)).includes(other.name)
        ) {
          expect(same(plain(here, other.way), plain(manifest, other.way)), `${name} ${field.join('/')}`).toBe(
            true,
          );
        }
      }
      edits++;
    }
    expect(edits).toBeGreaterThanOrEqual(10);
  }, 120_000);

  it('are built again in the form from an empty project, and mean the same', () => {
    const found: string[] = [];
    const cannot: string[] = [];
    for (const name of SMALL) {
      if (found.length >= (ALL ? Infinity : 20)) {
        break;
      }
      const wanted = meaning(Manifest.of(read(name)).source);
      const lacking = inFormOnly(wanted);
      if (lacking !== undefined) {
        cannot.push(`${name}: ${lacking}`);
        continue;
      }
      const built = meaning(rebuilt(wanted).source);
      expect(built, name).toEqual(wanted);
      found.push(name);
    }
    if (ALL) {
      console.log(`${found.length} built again; only in YAML: ${cannot.join('; ')}`);
    }
    expect(found.length, cannot.join('\n')).toBeGreaterThanOrEqual(20);
  }, 240_000);
});

function at(manifest: Manifest, field: Way) {
  const [list, index] = field;
  const stream = manifest.streams().find((each) => each.way[0] === list && each.way[1] === index);
  if (stream === undefined) {
    throw new Error('there is no such stream');
  }
  return stream;
}

/** A stream as it is understood, of which the parents are left out. */
function plain(manifest: Manifest, way: Way): unknown {
  const { streams } = meaning(manifest.source) as { streams: Record<string, unknown>[] };
  return JSON.parse(
    JSON.stringify(streams[Number(way[1])], (key, value: unknown) => (key === 'stream' ? null : value)),
  );
}

function linesThatDiffer(one: string, other: string): number {
  const left = one.split('\n');
  const right = other.split('\n');
  let start = 0;
  while (start < left.length && left[start] === right[start]) {
    start++;
  }
  let end = 0;
  while (end < left.length - start && left.at(-1 - end) === right.at(-1 - end)) {
    end++;
  }
  return left.length - start - end;
}

/** All fields of a component, and of those in it, that are entered as text. */
function textFields(manifest: Manifest, way: Way, type: string): Way[] {
  return (COMPONENTS[type] ?? []).flatMap((field): Way[] => {
    const within = [...way, field.key];
    const place = manifest.get(within);
    if (place.value === undefined || place.isGiven || !isShown(field, place.value, place.type)) {
      return [];
    }
    if (field.kind === 'template' || field.kind === 'text') {
      return [within];
    }
    if (field.kind === 'one' && place.type !== undefined && isRecord(place.value)) {
      return textFields(manifest, within, place.type);
    }
    if (field.kind === 'many' && Array.isArray(place.value)) {
      return place.value.flatMap((_, index) => {
        const item = manifest.get([...within, index]);
        return item.type === undefined ? [] : textFields(manifest, item.way, item.type);
      });
    }
    return [];
  });
}

const ROOT = [
  'type',
  'version',
  'check',
  'streams',
  'spec',
  'concurrency_level',
  'api_budget',
  'max_concurrent_async_job_count',
  'description',
];
const SPEC = ['type', 'connection_specification', 'documentation_url'];
const FORM = ['type', '$schema', 'additionalProperties', 'required', 'properties', 'title'];

/** The first part that the form does not have; undefined if it has all. */
function inFormOnly(wanted: Record<string, unknown>): string | undefined {
  const { spec, streams } = wanted as {
    spec?: { connection_specification?: object };
    streams?: { name?: string }[];
  };
  const names = (streams ?? []).map((stream) => stream.name);
  const keys = [
    ...Object.keys(wanted).filter((key) => !ROOT.includes(key)),
    ...Object.keys(spec ?? {}).filter((key) => !SPEC.includes(key)),
    ...Object.keys(spec?.connection_specification ?? {}).filter((key) => !FORM.includes(key)),
  ];
  const look = (value: unknown, type: string | undefined): string | undefined => {
    if (!isRecord(value)) {
      return undefined;
    }
    const fields = type === undefined ? undefined : COMPONENTS[type];
    if (fields === undefined) {
      return String(type);
    }
    for (const [key, each] of Object.entries(value)) {
      const field = fields.find((one) => one.key === key);
      if (key === 'type') {
        continue;
      }
      if (field === undefined || !isShown(field, each, isRecord(each) ? String(each.type) : undefined)) {
        return `${type}.${key}`;
      }
      if (field.kind === 'parent') {
        if (!isRecord(each) || !names.includes(String(each.name))) {
          return `a parent that is no stream: ${isRecord(each) ? String(each.name) : ''}`;
        }
        continue;
      }
      const within = ['one', 'many', 'oneOrMany', 'named'].includes(field.kind) ? itemsOf(each) : [];
      for (const item of within) {
        const lacking = look(item, isRecord(item) ? String(item.type) : undefined);
        if (lacking !== undefined) {
          return lacking;
        }
      }
    }
    return undefined;
  };
  return (
    keys[0] ??
    look(wanted.check, 'CheckStream') ??
    (streams ?? []).map((stream) => look(stream, 'DeclarativeStream')).find((each) => each !== undefined)
  );
}

function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value)
    ? value
    : isRecord(value) && value.type === undefined
      ? Object.values(value)
      : [value];
}

/** Does what a person does who has the other manifest beside the empty form. */
function rebuilt(wanted: Record<string, unknown>): Manifest {
  let manifest = Manifest.of(BLANK).set(['version'], wanted.version);
  for (const key of ['description', 'max_concurrent_async_job_count']) {
    if (wanted[key] !== undefined) {
      manifest = manifest.set([key], wanted[key]);
    }
  }
  const streams = wanted.streams as Record<string, unknown>[];
  for (const stream of streams) {
    manifest = manifest.addStream(String(stream.name));
  }
  streams.forEach((stream, index) => {
    manifest = filled(manifest, ['streams', index], stream, 'DeclarativeStream');
  });
  for (const key of ['check', 'concurrency_level', 'api_budget']) {
    const part = wanted[key];
    if (isRecord(part)) {
      manifest = filled(manifest.choose([key], String(part.type)), [key], part, String(part.type));
    }
  }
  return withInputs(manifest, wanted.spec as Record<string, unknown>);
}

function withInputs(start: Manifest, spec: Record<string, unknown>): Manifest {
  let manifest = start;
  if (spec.documentation_url !== undefined) {
    manifest = manifest.set(['spec', 'documentation_url'], spec.documentation_url);
  }
  const form = spec.connection_specification as Record<string, unknown>;
  const required = (form.required ?? []) as string[];
  const properties = form.properties as Record<string, Record<string, unknown>>;
  for (const id of [...required, ...Object.keys(properties).filter((each) => !required.includes(each))]) {
    const schema = properties[id] ?? {};
    manifest = addInput(manifest, { id, schema, isRequired: required.includes(id) });
    manifest = setInput(manifest, id, 'order', schema.order);
  }
  expect(inputsOf(manifest).length).toBe(Object.keys(properties).length);
  for (const key of ['$schema', 'additionalProperties', 'required', 'title']) {
    if (form[key] === undefined || key === 'title' || key === 'additionalProperties') {
      manifest = manifest.set(['spec', 'connection_specification', key], form[key]);
    }
  }
  return manifest;
}

function filled(start: Manifest, way: Way, wanted: Record<string, unknown>, type: string): Manifest {
  let manifest = start;
  for (const field of COMPONENTS[type] ?? []) {
    manifest = entered(manifest, [...way, field.key], field, wanted[field.key]);
  }
  return manifest;
}

function entered(start: Manifest, way: Way, field: Field, wanted: unknown): Manifest {
  const now = start.get(way);
  if (wanted === undefined) {
    return now.value === undefined ? start : start.set(way, undefined, 'here');
  }
  if (field.kind === 'parent') {
    const parent = start.stream((wanted as { name: string }).name);
    return start.set(way, { $ref: `#/${parent?.way.join('/') ?? ''}` });
  }
  const items = Array.isArray(wanted) && wanted.every(isRecord) && wanted.length > 0;
  if ((field.kind === 'many' || field.kind === 'oneOrMany') && items) {
    let manifest = start.set(way, [], 'here');
    wanted.forEach((item, index) => {
      const type = String(item.type);
      manifest = manifest.add(way, { type }).choose([...way, index], type);
      manifest = filled(manifest, [...way, index], item, type);
    });
    return manifest;
  }
  if (field.kind === 'named' && isRecord(wanted)) {
    let manifest = start;
    for (const [name, each] of Object.entries(wanted)) {
      const type = (each as { type: string }).type;
      manifest = filled(
        manifest.choose([...way, name], type),
        [...way, name],
        each as Record<string, unknown>,
        type,
      );
    }
    return manifest;
  }
  if (['one', 'oneOrMany'].includes(field.kind) && isRecord(wanted)) {
    const type = String(wanted.type);
    const manifest = now.type === type && isRecord(now.value) ? start : start.choose(way, type, 'here');
    return filled(manifest, way, wanted, type);
  }
  return same(now.value, wanted) ? start : start.set(way, wanted, 'here');
}
