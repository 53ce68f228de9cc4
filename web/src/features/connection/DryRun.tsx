import { Alert, Button, Group, Text } from '@mantine/core';
import type { ReplayDryRun } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { readable } from '../../ui/readable';
import classes from './Connection.module.css';
import { nameOf } from './queries';

/** What would become of rejected records if they were tried again now: counts first, then what is in the way. */
export function DryRun({
  found,
  about,
  onClose,
}: {
  found: ReplayDryRun;
  /** Which records were meant. */
  about: string;
  onClose: () => void;
}) {
  const say = useSay();
  const format = useFormat();
  const sum = (count: 'records' | 'loaded' | 'rejected') =>
    found.streams.reduce((total, stream) => total + stream[count], 0);
  const isGood = sum('loaded') === sum('records');
  const obstacles = found.streams.filter((stream) => stream.obstacle !== undefined);
  return (
    <Alert
      color={isGood ? 'green' : 'yellow'}
      styles={readable(isGood ? 'primary' : 'warn')}
      icon={<Icon name={isGood ? 'circleCheck' : 'warn'} size={20} />}
      title={say('dryRun.title', {
        about,
        records: sum('records'),
        loaded: sum('loaded'),
        rejected: sum('rejected'),
      })}
      data-dry-run={`${String(sum('loaded'))}/${String(sum('records'))}`}
    >
      {obstacles.map((stream) => (
        <Text size="sm" key={nameOf(stream)} data-obstacle={stream.obstacle?.code}>
          {say('dryRun.obstacle', {
            stream: nameOf(stream),
            why: stream.obstacle?.why ?? stream.obstacle?.message ?? '',
          })}
          {stream.obstacle?.code === 'E_REPLAY_NOT_READY' && <> {say('dryRun.syncFirst')}</>}
        </Text>
      ))}
      {found.reasons.length > 0 && (
        <div className={classes.scroll}>
          <table className="sl-table" aria-label={say('dryRun.reasons')}>
            <thead>
              <tr>
                <th>{say('dryRun.reason')}</th>
                <th>{say('column.stream')}</th>
                <th>{say('rejected.field')}</th>
                <th className="sl-number">{say('column.records')}</th>
              </tr>
            </thead>
            <tbody>
              {found.reasons.map((reason) => (
                <tr key={`${nameOf(reason)} ${reason.code} ${reason.field ?? ''}`}>
                  <td>{reason.sample}</td>
                  <td>{nameOf(reason)}</td>
                  <td>{reason.field}</td>
                  <td className="sl-number">{format.count(reason.records)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Group justify="space-between" mt="xs" align="flex-end">
        <Text size="sm" c="dimmed" maw="70ch">
          {say('dryRun.note')}
          {!found.isWhole && ` ${say('dryRun.part')}`}
        </Text>
        <Button size="compact-xs" variant="subtle" onClick={onClose}>
          {say('action.close')}
        </Button>
      </Group>
    </Alert>
  );
}
