import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '../i18n/i18n';
import { INTERVALS, UTC, type Timing } from './timing';

/** When a connection runs: each so many minutes, by an expression, or when somebody says so. */
export function TimingFields({
  timing,
  error,
  onChange,
}: {
  timing: Timing;
  error: string | undefined;
  onChange: (timing: Timing) => void;
}) {
  const say = useSay();
  const set = (next: Partial<Timing>) => onChange({ ...timing, ...next });
  const [zones] = useState(zonesOf);
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm" fw={600} id="schedule-label">
        {say('configure.schedule')}
      </Text>
      <SegmentedControl
        aria-labelledby="schedule-label"
        value={timing.kind}
        onChange={(value) =>
          set({ kind: value === 'cron' ? 'cron' : value === 'manual' ? 'manual' : 'interval' })
        }
        data={(['interval', 'cron', 'manual'] as const).map((kind) => ({
          value: kind,
          label: say(`configure.schedule.${kind}`),
        }))}
      />
      {timing.kind === 'interval' && (
        <Select
          label={say('configure.every')}
          allowDeselect={false}
          value={String(timing.minutes)}
          data={INTERVALS.map((minutes) => ({
            value: String(minutes),
            label:
              minutes < 60
                ? say('configure.every.minutes', { count: minutes })
                : say('configure.every.hours', { count: minutes / 60 }),
          }))}
          onChange={(value) => set({ minutes: Number(value) })}
        />
      )}
      {timing.kind === 'cron' && (
        <>
          <TextInput
            id="configure-cron"
            w="100%"
            label={say('configure.cron')}
            description={say('configure.cron.help')}
            error={error}
            value={timing.cron}
            placeholder="0 6 * * 1-5"
            onChange={(event) => set({ cron: event.currentTarget.value })}
          />
          <Select
            label={say('configure.zone')}
            searchable
            allowDeselect={false}
            value={timing.zone ?? UTC}
            data={zones}
            limit={100}
            onChange={(zone) => set({ zone: zone ?? UTC })}
          />
          <Group gap="xs">
            <Button size="compact-xs" variant="default" onClick={() => set({ cron: '0 6 * * 1-5' })}>
              {say('configure.cron.weekdays')}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => set({ cron: `${timing.minute} * * * *` })}
            >
              {say('configure.cron.hourly')}
            </Button>
          </Group>
        </>
      )}
      {timing.kind === 'manual' && (
        <Text size="sm" c="dimmed">
          {say('configure.schedule.manual.text')}
        </Text>
      )}
    </Stack>
  );
}

/** The zones that the browser knows, with that of the reader and of the server's clock first. */
function zonesOf(): string[] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([UTC, here, ...Intl.supportedValuesOf('timeZone')])];
}
