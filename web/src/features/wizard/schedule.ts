/** When a connection runs, as people choose it. Hours and minutes are those of UTC. */
export interface Timing {
  kind: 'interval' | 'cron' | 'manual';
  minutes: number;
  hour: number;
  minute: number;
  cron: string;
}

/** How often, in minutes. */
export const INTERVALS = [15, 30, 60, 120, 180, 360, 480, 720, 1440] as const;

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** The times as Quartz writes them; undefined where nothing runs by itself. */
export function cronOf(timing: Timing): string | undefined {
  switch (timing.kind) {
    case 'manual':
      return undefined;
    case 'cron':
      return quartz(timing.cron);
    case 'interval':
      return intervalCron(timing);
  }
}

/** Not all at the full hour: each connection keeps the minute at which it was set up. */
function intervalCron({ minutes, hour, minute }: Timing): string {
  if (minutes < 60) {
    return `0 ${minute % minutes}/${minutes} * * * ?`;
  }
  const hours = minutes / 60;
  return hours >= 24 ? `0 ${minute} ${hour} * * ?` : `0 ${minute} ${hour % hours}/${hours} * * ?`;
}

/** An expression of five parts, as the cron of a machine takes it, in the words of Quartz. Others stay as they are. */
export function quartz(text: string): string {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 5) {
    return text.trim();
  }
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = parts;
  const named = weekday.replaceAll(/(?<![/#\d])[0-7](?!\d)/g, (digit) => DAYS[Number(digit)] ?? digit);
  return weekday === '*' || weekday === '?'
    ? `0 ${minute} ${hour} ${day} ${month} ?`
    : `0 ${minute} ${hour} ${day === '*' ? '?' : day} ${month} ${named}`;
}
