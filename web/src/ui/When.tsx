import { Tooltip } from '@mantine/core';
import { useSay } from '../i18n/i18n';
import { useFormat } from './format';

/** A time as one thinks of it (3 minutes ago), and exactly for those who want to know. */
export function When({ time }: { time: string | number | undefined | null }) {
  const say = useSay();
  const format = useFormat();
  if (time === undefined || time === null) {
    return <>{say('time.never')}</>;
  }
  const exact = format.exact(time);
  return (
    <Tooltip label={exact}>
      <time dateTime={new Date(time).toISOString()} tabIndex={0} aria-label={exact}>
        {format.relative(time)}
      </time>
    </Tooltip>
  );
}
