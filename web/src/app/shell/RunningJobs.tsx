import { Button, Group, Popover, Stack, Text } from '@mantine/core';
import { useLive } from '../../api/live';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { StatusChip } from '../../ui/StatusChip';
import classes from './Shell.module.css';

/** How many jobs run, and which. */
export function RunningJobs() {
  const say = useSay();
  const format = useFormat();
  const { running } = useLive();
  return (
    <Popover position="bottom-end" width={320} shadow="md" trapFocus={false}>
      <Popover.Target>
        <Button
          className={classes.running ?? ''}
          variant={running.length > 0 ? 'light' : 'subtle'}
          color={running.length > 0 ? 'blue' : 'gray'}
          size="xs"
          radius="xl"
          leftSection={<Icon name="refresh" size={14} />}
        >
          {say('running.pill', { count: running.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {running.length === 0 ? (
          <Text size="sm" c="dimmed">
            {say('running.none')}
          </Text>
        ) : (
          <Stack gap="xs">
            {running.map((job) => (
              <Group key={job.jobId} justify="space-between" wrap="nowrap">
                <StatusChip status={job.status} label={`${job.jobType} ${job.jobId}`} />
                <Text size="sm" c="dimmed" title={format.count(job.records ?? 0)}>
                  {job.records === undefined
                    ? say('running.waiting')
                    : say('running.records', { count: job.records })}
                </Text>
              </Group>
            ))}
          </Stack>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
