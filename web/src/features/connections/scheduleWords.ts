import type { ShownSchedule } from '../../api/schema';
import type { Say } from '../../i18n/i18n';

/** When a connection runs, in few words. */
export function scheduleWords(say: Say, schedule: ShownSchedule): string {
  switch (schedule.type) {
    case 'manual':
      return say('schedule.manual');
    case 'every':
      return say(`schedule.${schedule.unit ?? 'hours'}`, { count: schedule.every ?? 1 });
    case 'cron':
      return say('schedule.cron', { cron: schedule.cron ?? '', zone: schedule.timezone ?? 'UTC' });
  }
}
