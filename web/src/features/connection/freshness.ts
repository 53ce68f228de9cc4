import type { PastRun } from '../../api/schema';
import type { Point } from '../../ui/charts';

/**
 * How old what is at the destination was, over time: it grows older all the while, and with each run that succeeds it becomes
 * as old as that run is long. From the newest run first, as the server lists them.
 */
export function ages(runs: PastRun[], now: number): Point[] {
  const good = runs
    .filter((run) => run.status === 'succeeded' && run.endedAt !== undefined)
    .map((run) => ({
      begun: Date.parse(run.startedAt ?? run.createdAt),
      ended: Date.parse(run.endedAt ?? ''),
    }))
    .sort((a, b) => a.ended - b.ended);
  const points: Point[] = [];
  let begun: number | undefined;
  for (const run of good) {
    if (begun !== undefined) {
      points.push({ x: run.ended, y: (run.ended - begun) / 1_000 });
    }
    points.push({ x: run.ended, y: (run.ended - run.begun) / 1_000 });
    begun = run.begun;
  }
  if (begun !== undefined) {
    points.push({ x: now, y: (now - begun) / 1_000 });
  }
  return points;
}
