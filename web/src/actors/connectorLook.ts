/** What connectors are called beside their names, so that one finds them by what one calls them. */
const SYNONYMS: Record<string, string> = {
  postgres: 'pg postgresql database sql aurora rds timescale',
  mysql: 'mariadb maria database sql aurora rds',
  sqlite: 'database sql file local db',
  duckdb: 'duck motherduck database warehouse local olap parquet',
  file: 'files csv tsv json jsonl ndjson parquet avro excel xlsx xml s3 minio gcs azure sftp http local folder bucket',
  s3: 'aws bucket minio object store',
  sample: 'demo example test faker data try',
  discard: 'null devnull nothing benchmark test',
};

/** True if a connector is meant by what somebody typed: each word begins a word of its name or of what it is called. */
export function isMeant(connector: { name: string; connector?: string }, text: string): boolean {
  const known = [connector.name, connector.connector ?? '', SYNONYMS[connector.connector ?? ''] ?? '']
    .join(' ')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .every((word) => known.some((each) => each.startsWith(word)));
}

/** A colour of its own for each name, which letters in white can be read on. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const letter of name) {
    hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  }
  return hash;
}

/** Two letters for a name. */
export function lettersOf(name: string): string {
  const [first = '', second = ''] = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return (second === '' ? first.slice(0, 2) : first.slice(0, 1) + second.slice(0, 1)).toUpperCase();
}
