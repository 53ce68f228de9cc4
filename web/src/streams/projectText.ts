import { stringify } from 'yaml';
import type { ProjectExport } from '../api/schema';

const MASK = '**********';
const MODES: Record<string, string> = {
  incremental_deduped_history: 'incremental_append_deduped',
};
const UNITS: Record<string, string> = { minutes: 'min', hours: 'h', days: 'd', weeks: 'w' };

type Members = Record<string, unknown>;

/**
 * What a server exports, as a project file that `sluice sync` and `sluice apply` read. In the places of secrets, which the
 * server does not tell, stand references to variables of the environment.
 */
export function projectText(exported: ProjectExport): { text: string; notes: string[]; variables: string[] } {
  const notes = [...exported.notes];
  const variables: string[] = [];
  const ends = (list: Members[]) =>
    Object.fromEntries(
      list.map(({ name, connector, configuration }) => [
        text(name),
        { connector, config: referring(configuration, text(name), variables) },
      ]),
    );
  const file = {
    version: 1,
    sources: ends(exported.sources),
    destinations: ends(exported.destinations),
    connections: Object.fromEntries(
      exported.connections.map((each: Members) => [text(each.name), connection(each, notes)]),
    ),
  };
  return { text: stringify(file, { lineWidth: 0 }), notes, variables };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A value with references in the places of secrets, and everything else as it is. */
function referring(value: unknown, path: string, variables: string[]): unknown {
  if (value === MASK) {
    const plain = path.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
    const variable = /^[A-Z_]/.test(plain) ? plain : `_${plain}`;
    variables.push(variable);
    return `\${${variable}}`;
  }
  if (typeof value === 'string') {
    return /^\$\{\w+\}$/.test(value) ? value : value.replaceAll('${', () => '$${');
  }
  if (Array.isArray(value)) {
    return value.map((each, index) => referring(each, `${path} ${index + 1}`, variables));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, referring(each, `${path} ${name}`, variables)]),
    );
  }
  return value;
}

function connection(each: Members, notes: string[]): Members {
  const name = text(each.name);
  const written: Members = { source: each.source, destination: each.destination };
  const schedule = (each.schedule ?? undefined) as Members | undefined;
  if (schedule?.cron !== undefined) {
    written.schedule = { cron: schedule.cron, timezone: schedule.timezone };
  } else if (schedule !== undefined) {
    const unit = UNITS[text(schedule.unit)];
    if (unit === undefined) {
      notes.push(
        `the schedule of ${name} is left out: a project file does not count in ${text(schedule.unit)}`,
      );
    } else {
      written.schedule = { every: `${String(schedule.every)}${unit}` };
    }
  }
  if (each.namespaceDefinition === 'custom_format') {
    written.namespace = { custom: each.namespaceFormat };
  } else if (each.namespaceDefinition !== 'destination') {
    written.namespace = each.namespaceDefinition;
  }
  if (each.prefix !== '') {
    written.prefix = each.prefix;
  }
  if (each.schemaChanges !== 'propagate_columns') {
    written.schemaChanges = each.schemaChanges;
  }
  if (each.backfill === true) {
    written.backfill = true;
  }
  if (Array.isArray(each.tags) && each.tags.length > 0) {
    written.tags = each.tags;
  }
  written.streams = Object.fromEntries(
    Object.entries((each.streams ?? {}) as Record<string, Members>).map(([stream, words]) => [
      stream,
      settings(stream, words, notes),
    ]),
  );
  return written;
}

function settings(stream: string, words: Members, notes: string[]): Members {
  const mode = text(words.syncMode);
  const written: Members = { mode: MODES[mode] ?? mode };
  const path = (names: unknown) => (Array.isArray(names) ? names.map(String).join('.') : '');
  if (Array.isArray(words.cursorField) && words.cursorField.length > 0) {
    written.cursor = path(words.cursorField);
  }
  if (Array.isArray(words.primaryKey) && words.primaryKey.length > 0) {
    written.primaryKey = words.primaryKey.map(path);
  }
  if (Array.isArray(words.selectedFields) && words.selectedFields.length > 0) {
    written.fields = { include: words.selectedFields.map((each: Members) => path(each.fieldPath)) };
  } else if (Array.isArray(words.excludedFields) && words.excludedFields.length > 0) {
    written.fields = { exclude: words.excludedFields };
  }
  if (Array.isArray(words.mappedFields)) {
    written.object = words.destinationObjectName;
    if (Array.isArray(words.matchingKey)) {
      written.matching = words.matchingKey;
    }
    written.map = Object.fromEntries(
      (words.mappedFields as Members[]).map((each) => [text(each.to), origin(each)]),
    );
  } else if (typeof words.destinationObjectName === 'string') {
    written.as = words.destinationObjectName;
  }
  if (words.lossy === true) {
    written.lossy = 'accept';
  }
  const mappers = (Array.isArray(words.mappers) ? (words.mappers as Members[]) : []).map(mapper);
  if (mappers.length > 0 && mappers.every((each) => each !== undefined)) {
    written.mappers = mappers;
  } else if (mappers.length > 0) {
    notes.push(`not all mappers of ${stream} can be written here; the command sluice export writes them`);
  }
  return written;
}

/** Where the values of a mapped field come from: a name alone where that says it all. */
function origin(each: Members): unknown {
  const words = Object.fromEntries(Object.entries(each).filter(([name]) => name !== 'to'));
  return Object.keys(words).length === 1 && typeof words.field === 'string' ? words.field : words;
}

/** A mapper as a project file says it; undefined for those that are more than a few words. */
export function mapper({ type, mapperConfiguration }: Members): Members | undefined {
  const told = (mapperConfiguration ?? {}) as Members;
  switch (type) {
    case 'hashing':
      return told.key === undefined
        ? { hash: { field: told.targetField, method: told.method, suffix: told.fieldNameSuffix } }
        : undefined;
    case 'field-renaming':
      return { rename: { field: told.originalFieldName, to: told.newFieldName } };
    case 'field-filtering':
      return { remove: [told.targetField] };
    case 'field-computing':
      return {
        compute: {
          field: told.targetField,
          value: told.value,
          ...(told.replace === true ? { replace: true } : {}),
        },
      };
    case 'row-filtering': {
      const condition = (told.conditions ?? {}) as Members;
      return condition.type === 'EXPRESSION' ? { filter: condition.expression } : undefined;
    }
    case 'field-selection': {
      const paths = (told.paths ?? []) as string[][];
      // A name with a dot in it would be taken for a path.
      return paths.flat().some((name) => name.includes('.'))
        ? undefined
        : { select: { field: told.targetField, keep: paths.map((each) => each.join('.')) } };
    }
    default:
      return undefined;
  }
}
