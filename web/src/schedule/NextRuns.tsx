import { Text } from '@mantine/core';
import { useIntl } from 'react-intl';
import { asProblem } from '../api/problem';
import { useSay } from '../i18n/i18n';
import { useFormat } from '../ui/format';
import { UTC } from './timing';
import classes from './Schedule.module.css';

/** When a schedule would run, where it is set and where the reader is. The server says it, by the rules that will run it. */
export function NextRuns({
  times,
  error,
  zone = UTC,
}: {
  times: string[] | undefined;
  error: unknown;
  zone?: string | undefined;
}) {
  const say = useSay();
  const format = useFormat();
  const intl = useIntl();
  if (error !== null && error !== undefined) {
    return (
      <Text size="sm" c="var(--sl-error)" role="alert">
        {asProblem(error).message}
      </Text>
    );
  }
  if (times === undefined) {
    return null;
  }
  return (
    <div role="status">
      <Text size="sm" fw={600}>
        {say('configure.next')}
      </Text>
      {times.length === 0 ? (
        <Text size="sm" c="var(--sl-error)">
          {say('configure.next.none')}
        </Text>
      ) : (
        <ul className={classes.times}>
          {times.map((time) => (
            <li key={time}>
              {`${intl.formatDate(time, { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' })} ${zone}`}
              {zone !== Intl.DateTimeFormat().resolvedOptions().timeZone && ` · ${format.exact(time)}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
