import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { ConnectionUsage, Usage as Used } from '../../api/schema';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { GoLink } from '../../ui/GoLink';
import { Icon } from '../../ui/icons';
import { save } from '../../ui/save';
import { ErrorCard, Loading } from '../../ui/states';
import { VolumeChart } from '../../ui/VolumeChart';
import { Section } from './Section';
import classes from './Settings.module.css';
import { csv, datesFrom, monthly, totals } from './usageSums';

const SPANS = [7, 30, 90] as const;

/** How much was moved, on which day and by which connection. */
export function Usage() {
  const say = useSay();
  const ws = useWorkspaceId();
  const [days, setDays] = useState<number>(30);
  const used = useQuery({
    queryKey: ['connections', ws, 'usage', days],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/workspaces/{workspaceId}/usage', {
          params: { path: { workspaceId: ws }, query: { days } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Section title={say('prefs.usage')} text={say('prefs.usage.text')}>
      <SegmentedControl
        aria-label={say('usage.span')}
        mb="md"
        value={String(days)}
        data={SPANS.map((span) => ({ value: String(span), label: say('usage.days', { count: span }) }))}
        onChange={(span) => setDays(Number(span))}
      />
      {used.isError ? (
        <ErrorCard error={used.error} onRetry={() => void used.refetch()} />
      ) : used.isPending ? (
        <Loading />
      ) : (
        <Shown used={used.data} days={days} />
      )}
    </Section>
  );
}

function Shown({ used, days }: { used: Used; days: number }) {
  const say = useSay();
  const format = useFormat();
  const all = totals(used.connections);
  const bars = datesFrom(used.since, days).map(
    (date) => used.days.find((day) => day.date === date) ?? { ...NOTHING, date },
  );
  const moved = say('usage.moved', { records: all.records, bytes: format.bytes(all.bytes), days });
  return (
    <>
      <Text mb="md">
        {moved} {say('usage.monthly', { records: format.short(monthly(all.records, days)) })}
      </Text>
      <VolumeChart days={bars} summary={moved} />
      {used.connections.length > 0 && (
        <>
          <Group justify="flex-end" my="sm">
            <Button
              variant="default"
              size="xs"
              leftSection={<Icon name="upload" />}
              onClick={() => save(new Blob([csv(used.connections)], { type: 'text/csv' }), 'usage.csv')}
            >
              {say('usage.csv')}
            </Button>
          </Group>
          <Connections connections={used.connections} all={all.records} />
        </>
      )}
    </>
  );
}

const NOTHING = { succeeded: 0, failed: 0, records: 0, bytes: 0, rejected: 0 };

function Connections({ connections, all }: { connections: ConnectionUsage[]; all: number }) {
  const say = useSay();
  const format = useFormat();
  return (
    <table className="sl-table" aria-label={say('usage.byConnection')}>
      <thead>
        <tr>
          <th>{say('column.connection')}</th>
          <th className="sl-number">{say('count.loaded')}</th>
          <th className="sl-number">{say('usage.share')}</th>
          <th className="sl-number">{say('jobs.bytes')}</th>
          <th className="sl-number">{say('count.rejected')}</th>
          <th className="sl-number">{say('usage.runs')}</th>
          <th className="sl-number">{say('jobStatus.failed')}</th>
          <th className="sl-number">{say('usage.time')}</th>
        </tr>
      </thead>
      <tbody>
        {connections.map((each) => (
          <tr key={each.connectionId}>
            <td>
              {each.isDeleted ? (
                <>
                  {each.name}{' '}
                  <Text component="span" size="sm" c="dimmed">
                    {say('usage.deleted')}
                  </Text>
                </>
              ) : (
                <GoLink
                  to="/w/$ws/connections/$connectionId/status"
                  params={{ connectionId: each.connectionId }}
                  className={classes.name}
                >
                  {each.name}
                </GoLink>
              )}
            </td>
            <td className="sl-number">{format.count(each.records)}</td>
            <td className="sl-number">
              {say('usage.percent', { share: all === 0 ? 0 : each.records / all })}
            </td>
            <td className="sl-number">{format.bytes(each.bytes)}</td>
            <td className="sl-number">{format.count(each.rejected)}</td>
            <td className="sl-number">{format.count(each.runs)}</td>
            <td className="sl-number">{each.failed === 0 ? '' : format.count(each.failed)}</td>
            <td className="sl-number">{format.duration(each.seconds)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
