import { Button, Group, Text, Title } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ok } from '../../api/client';
import type { PastDay, WorkspaceSummary } from '../../api/schema';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import type { MessageId } from '../../i18n/messages';
import { useFormat } from '../../ui/format';
import { GoLink } from '../../ui/GoLink';
import { Guarded } from '../../ui/Guarded';
import { Icon } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { ErrorCard, Loading } from '../../ui/states';
import { StatusChip } from '../../ui/StatusChip';
import { VolumeChart } from '../../ui/VolumeChart';
import { When } from '../../ui/When';
import { STATUSES } from '../../api/connections';
import classes from './Home.module.css';

/** Under connections, so that whatever happens to one makes it be asked for again. */
const summary = (ws: string) =>
  queryOptions({
    queryKey: ['connections', ws, 'summary'],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/workspaces/{workspaceId}/summary', {
          params: { path: { workspaceId: ws } },
          signal,
        }),
      ),
  });

/** How a workspace is, at a glance; where there is nothing yet, the way to the first connection. */
export function HomePage() {
  const say = useSay();
  const ws = useWorkspaceId();
  const shown = useQuery(summary(ws));
  return (
    <>
      <PageHeader title={say('page.home')} />
      {shown.isError ? (
        <ErrorCard error={shown.error} onRetry={() => void shown.refetch()} />
      ) : shown.isPending ? (
        <Loading />
      ) : Object.values(shown.data.connections).every((count) => count === 0) ? (
        <FirstSteps />
      ) : (
        <Glance summary={shown.data} />
      )}
    </>
  );
}

const STEPS: { text: MessageId; action: MessageId; to: string }[] = [
  { text: 'home.step.source', action: 'home.step.source.action', to: '/w/$ws/sources/new' },
  { text: 'home.step.destination', action: 'home.step.destination.action', to: '/w/$ws/destinations/new' },
  { text: 'home.step.connection', action: 'connections.new', to: '/w/$ws/connections/new' },
];

function FirstSteps() {
  const say = useSay();
  return (
    <section className={`sl-card ${classes.first ?? ''}`}>
      <Title order={2}>{say('home.first.title')}</Title>
      <Text c="dimmed" mb="md">
        {say('home.first.text')}
      </Text>
      <Guarded need="edit">
        {(isOff) => (
          <Button
            component={GoLink}
            to="/w/$ws/connections/new"
            disabled={isOff}
            leftSection={<Icon name="plus" />}
          >
            {say('connections.new')}
          </Button>
        )}
      </Guarded>
      <ol className={classes.steps}>
        {STEPS.map((step) => (
          <li key={step.text}>
            <span>{say(step.text)}</span>
            <GoLink to={step.to} className={classes.link}>
              {say(step.action)}
            </GoLink>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Glance({
  summary: { connections, succeeded, failed, failing, next, days },
}: {
  summary: WorkspaceSummary;
}) {
  const say = useSay();
  const format = useFormat();
  const shown = everyDay(days, new Date());
  const all = days.reduce((sum, day) => sum + day.records, 0);
  return (
    <>
      <ul className={`sl-card ${classes.counts ?? ''}`} aria-label={say('connections.byStatus')}>
        {STATUSES.map((status) => (
          <li key={status}>
            <GoLink
              to="/w/$ws/connections"
              search={{ status }}
              className={classes.count}
              data-none={connections[status] === 0 || undefined}
            >
              <span className={classes.number}>{format.count(connections[status] ?? 0)}</span>
              <StatusChip status={status} />
            </GoLink>
          </li>
        ))}
      </ul>
      <div className={classes.grid}>
        <Card
          title={say('home.failing')}
          more={
            <Text c="dimmed" size="sm">
              {say('home.today', { succeeded, failed })}
            </Text>
          }
        >
          {failing.length === 0 ? (
            <Text>
              <StatusChip status="healthy" label={say('home.failing.none')} />
            </Text>
          ) : (
            <ul className={classes.list}>
              {failing.map((each) => (
                <li key={each.connectionId}>
                  <GoLink
                    to="/w/$ws/connections/$connectionId/status"
                    params={{ connectionId: each.connectionId }}
                    className={classes.link}
                  >
                    {each.name}
                  </GoLink>
                  <Text component="span" size="sm" c="dimmed">
                    {say('home.failedInRow', { count: each.failedInRow })}
                  </Text>
                  {each.jobId !== undefined && (
                    <GoLink
                      to="/w/$ws/jobs/$jobId"
                      params={{ jobId: String(each.jobId) }}
                      className={classes.quiet}
                    >
                      {say('home.toLog')}
                    </GoLink>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Card>
        <Card title={say('home.next')}>
          {next.length === 0 ? (
            <Text c="dimmed">{say('home.next.none')}</Text>
          ) : (
            <ul className={classes.list}>
              {next.map((each) => (
                <li key={each.connectionId}>
                  <GoLink
                    to="/w/$ws/connections/$connectionId/status"
                    params={{ connectionId: each.connectionId }}
                    className={classes.link}
                  >
                    {each.name}
                  </GoLink>
                  <Text component="span" size="sm" c="dimmed">
                    <When time={each.at} />
                  </Text>
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
      <VolumeChart days={shown} summary={say('home.volume.text', { records: all, days: 14 })} />
    </>
  );
}

const DAY = 24 * 60 * 60_000;

/** The last two weeks, with the days on which nothing ran. */
export function everyDay(days: PastDay[], now: Date): PastDay[] {
  return Array.from({ length: 14 }, (_, back) => {
    const date = new Date(now.getTime() - (13 - back) * DAY).toISOString().slice(0, 10);
    const none = { date, succeeded: 0, failed: 0, records: 0, bytes: 0, rejected: 0 };
    return days.find((each) => each.date === date) ?? none;
  });
}

function Card({ title, more, children }: { title: string; more?: ReactNode; children: ReactNode }) {
  return (
    <section className={`sl-card ${classes.card ?? ''}`} aria-label={title}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3">
          {title}
        </Title>
        {more}
      </Group>
      {children}
    </section>
  );
}
