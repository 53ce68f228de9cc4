/** When a connection runs, as people choose it. Hours and minutes of intervals are those of UTC. */
export interface Timing {
  kind: 'interval' | 'cron' | 'manual';
  minutes: number;
  hour: number;
  minute: number;
  cron: string;
  /** Where the hours of the expression are; UTC if nobody has said. */
  zone?: string;
}

export const UTC = 'UTC';

/** What is begun with: each day at this time. */
export function startTiming(now: Date): Timing {
  return {
    kind: 'interval',
    minutes: 24 * 60,
    hour: now.getUTCHours(),
    minute: now.getUTCMinutes(),
    cron: '',
  };
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
      return timing.zone === undefined || timing.zone === UTC
        ? quartz(timing.cron)
        : `${quartz(timing.cron)} ${timing.zone}`;
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

/** An expression and its time zone, which the public API has as one text. */
export function parted(cron: string): { expression: string; zone: string } {
  const parts = cron.trim().split(/\s+/);
  const last = parts.at(-1) ?? '';
  const isZone = parts.length > 6 && /^(UTC|GMT|[A-Z][A-Za-z_]+\/[\w/+-]+)$/.test(last);
  return { expression: (isZone ? parts.slice(0, -1) : parts).join(' '), zone: isZone ? last : UTC };
}

/** What somebody has chosen, from what came of it; an expression of their own stays one. */
export function timingOf(cron: string | undefined, now: Date): Timing {
  const start = startTiming(now);
  if (cron === undefined || cron === '') {
    return { ...start, kind: 'manual' };
  }
  const { expression, zone } = parted(cron);
  const own: Timing = { ...start, kind: 'cron', cron: expression, zone };
  const [, minute, hour] = /^0 (\d+)(?:\/\d+)? (\d+|\*)(?:\/\d+)? \* \* \?$/.exec(expression) ?? [];
  const kept = { hour: Number(hour === '*' ? 0 : hour), minute: Number(minute) };
  const interval = INTERVALS.find(
    (minutes) => cronOf({ ...start, ...kept, kind: 'interval', minutes }) === expression,
  );
  return interval === undefined || zone !== UTC
    ? own
    : { ...own, ...kept, kind: 'interval', minutes: interval };
}
