import { useIntl, type IntlShape } from 'react-intl';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Numbers, sizes and times as people read them. */
export interface Format {
  /** 1,234,567 */
  count: (value: number) => string;
  /** 1.2 M, where there is little room; the exact number belongs beside it. */
  short: (value: number) => string;
  /** 1.5 MiB */
  bytes: (value: number) => string;
  /** 1 h 5 min */
  duration: (seconds: number) => string;
  /** 3 minutes ago; in 2 hours */
  relative: (time: string | number | Date, now?: Date) => string;
  /** A day and a time, with the zone. */
  exact: (time: string | number | Date) => string;
  /** 20:35:10, of today. */
  clock: (time: string | number | Date) => string;
  /** Nov 26, 20:35, where there is little room; the exact time belongs beside it. */
  brief: (time: string | number | Date) => string;
}

export function format(intl: IntlShape): Format {
  const number = (value: number, digits: number) =>
    intl.formatNumber(value, { maximumFractionDigits: digits });
  return {
    count: (value) => number(value, 0),
    short: (value) => intl.formatNumber(value, { notation: 'compact', maximumFractionDigits: 1 }),
    bytes: (value) => {
      const power = value < 1 ? 0 : Math.min(Math.floor(Math.log2(value) / 10), UNITS.length - 1);
      return `${number(value / 1024 ** power, power === 0 ? 0 : 1)} ${UNITS[power] ?? 'B'}`;
    },
    duration: (seconds) => {
      const whole = Math.max(0, Math.round(seconds));
      if (seconds > 0 && seconds < 10) {
        return `${number(seconds, 1)} s`;
      }
      if (whole < MINUTE) {
        return `${whole} s`;
      }
      if (whole < HOUR) {
        return parts([Math.floor(whole / MINUTE), 'min'], [whole % MINUTE, 's']);
      }
      return whole < DAY
        ? parts([Math.floor(whole / HOUR), 'h'], [Math.floor((whole % HOUR) / MINUTE), 'min'])
        : parts([Math.floor(whole / DAY), 'd'], [Math.floor((whole % DAY) / HOUR), 'h']);
    },
    relative: (time, now = new Date()) => {
      const seconds = Math.round((new Date(time).getTime() - now.getTime()) / 1000);
      const size = Math.abs(seconds);
      const say = (value: number, unit: 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year') =>
        intl.formatRelativeTime(value, unit, { numeric: 'auto' });
      if (size < MINUTE) {
        return say(seconds, 'second');
      }
      if (size < HOUR) {
        return say(Math.round(seconds / MINUTE), 'minute');
      }
      if (size < DAY) {
        return say(Math.round(seconds / HOUR), 'hour');
      }
      const days = Math.round(seconds / DAY);
      if (Math.abs(days) < 60) {
        return say(days, 'day');
      }
      return Math.abs(days) < 730 ? say(Math.round(days / 30), 'month') : say(Math.round(days / 365), 'year');
    },
    clock: (time) => intl.formatTime(time, { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    brief: (time) =>
      intl.formatDate(time, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }),
    exact: (time) =>
      intl.formatDate(time, {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        timeZoneName: 'short',
      }),
  };
}

function parts(first: [number, string], second: [number, string]): string {
  return second[0] === 0 ? first.join(' ') : `${first.join(' ')} ${second.join(' ')}`;
}

export function useFormat(): Format {
  return format(useIntl());
}
