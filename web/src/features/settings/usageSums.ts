import type { ConnectionUsage } from '../../api/schema';

const DAY = 24 * 60 * 60_000;
const MONTH = 30;

/** What all connections moved together. */
export function totals(connections: ConnectionUsage[]): { records: number; bytes: number } {
  return connections.reduce(
    (sum, each) => ({ records: sum.records + each.records, bytes: sum.bytes + each.bytes }),
    { records: 0, bytes: 0 },
  );
}

/** How much that would be in thirty days. */
export function monthly(value: number, days: number): number {
  return Math.round((value / days) * MONTH);
}

/** All days from one on, also those on which nothing ran. */
export function datesFrom(since: string, days: number): string[] {
  const first = new Date(since).getTime();
  return Array.from({ length: days }, (_, day) => new Date(first + day * DAY).toISOString().slice(0, 10));
}

/** The same as a spreadsheet reads it; a name never begins a formula there. */
export function csv(connections: ConnectionUsage[]): string {
  const head = 'connectionId,name,records,bytes,rejected,runs,failed,seconds';
  const rows = connections.map((each) =>
    [
      each.connectionId,
      text(each.name),
      each.records,
      each.bytes,
      each.rejected,
      each.runs,
      each.failed,
      each.seconds,
    ].join(','),
  );
  return `${[head, ...rows].join('\r\n')}\r\n`;
}

function text(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
