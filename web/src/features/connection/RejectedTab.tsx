import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { api, ok } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { RejectGroup, ReplayDryRun, StreamName } from '../../api/schema';
import { session } from '../../api/session';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { Guarded } from '../../ui/Guarded';
import { Icon } from '../../ui/icons';
import { Empty, ErrorCard, Loading } from '../../ui/states';
import { When } from '../../ui/When';
import { save } from '../../ui/save';
import classes from './Connection.module.css';
import { DryRun } from './DryRun';
import { RejectedRecord } from './RejectedRecord';
import { LastReplay } from './LastReplay';
import { ReplayButtons } from './ReplayButtons';
import { useConnectionId } from './useConnectionId';
import { nameOf, rejectGroups } from './queries';

/** Records that did not get in: by reason, and one by one. */
export function RejectedTab() {
  const say = useSay();
  const format = useFormat();
  const id = useConnectionId();
  const groups = useQuery(rejectGroups(id));
  const [chosen, choose] = useState<RejectGroup>();
  const [dry, show] = useState<{ found: ReplayDryRun; about: string }>();
  if (groups.isError) {
    return <ErrorCard error={groups.error} onRetry={() => void groups.refetch()} />;
  }
  if (groups.isPending) {
    return <Loading />;
  }
  if (groups.data.data.length === 0) {
    return (
      <div className="sl-card">
        <Empty icon="circleCheck" title={say('rejected.none')} text={say('rejected.none.text')} />
      </div>
    );
  }
  return (
    <div className={classes.stack}>
      <Group justify="space-between">
        <Text c="dimmed">{say('rejected.text')}</Text>
        <Group gap="xs">
          <ReplayButtons
            id={id}
            wish={{}}
            label={say('rejected.replayAll')}
            dryLabel={say('dryRun.all')}
            onDryRun={(result) => show({ found: result, about: say('dryRun.aboutAll') })}
          />
          <Guarded need="edit">
            {(isOff) => (
              <Button
                size="xs"
                variant="default"
                disabled={isOff}
                leftSection={<Icon name="destination" />}
                onClick={() =>
                  void download(id).catch((failure: unknown) =>
                    notifications.show({ message: asProblem(failure).message, color: 'red' }),
                  )
                }
              >
                {say('rejected.export')}
              </Button>
            )}
          </Guarded>
        </Group>
      </Group>
      <LastReplay id={id} />
      {dry !== undefined && <DryRun {...dry} onClose={() => show(undefined)} />}
      <section className={`sl-card ${classes.scroll ?? ''}`} aria-label={say('rejected.groups')}>
        <table className="sl-table">
          <thead>
            <tr>
              <th>{say('rejected.reason')}</th>
              <th>{say('column.stream')}</th>
              <th>{say('rejected.field')}</th>
              <th className="sl-number">{say('column.records')}</th>
              <th>{say('rejected.last')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {groups.data.data.map((group) => (
              <tr key={`${nameOf(group)} ${group.code} ${group.field ?? ''}`}>
                <td>
                  {group.sample}
                  <Text size="sm" c="dimmed">
                    {group.code}
                  </Text>
                </td>
                <td>{nameOf(group)}</td>
                <td>{group.field}</td>
                <td className="sl-number">{format.count(group.records)}</td>
                <td>
                  <When time={group.lastAt} />
                </td>
                <td>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-pressed={chosen === group}
                    onClick={() => choose(chosen === group ? undefined : group)}
                  >
                    {say('rejected.show')}
                  </Button>
                  <ReplayButtons
                    id={id}
                    isSmall
                    wish={{ streams: [streamOf(group)], code: group.code, field: group.field ?? '' }}
                    label={say('rejected.tryAgain')}
                    dryLabel={say('dryRun.some')}
                    onDryRun={(result) =>
                      show({
                        found: result,
                        about: [nameOf(group), group.field ?? group.code].join(', '),
                      })
                    }
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {chosen !== undefined && <Records id={id} group={chosen} />}
      <Text size="sm" c="dimmed">
        {say('rejected.replay')}
      </Text>
    </div>
  );
}

function streamOf({ name, namespace }: RejectGroup): StreamName {
  return { name, ...(namespace === undefined ? {} : { namespace }) };
}

function Records({ id, group }: { id: string; group: RejectGroup }) {
  const say = useSay();
  const format = useFormat();
  const rows = useInfiniteQuery({
    queryKey: ['connection', id, 'rejects', group.namespace, group.name, group.code, group.field],
    queryFn: ({ pageParam, signal }) =>
      ok(
        api.GET('/api/sluice/v1/connections/{connectionId}/rejects', {
          params: {
            path: { connectionId: id },
            query: {
              state: 'open',
              stream: group.name,
              ...(group.namespace === undefined ? {} : { namespace: group.namespace }),
              code: group.code,
              field: group.field ?? '',
              after: pageParam,
              limit: 100,
            },
          },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
  const [shown, show] = useState<number>();
  if (rows.isError) {
    return <ErrorCard error={rows.error} onRetry={() => void rows.refetch()} />;
  }
  if (rows.isPending) {
    return <Loading rows={4} />;
  }
  return (
    <section className={`sl-card ${classes.scroll ?? ''}`} aria-label={say('rejected.records')}>
      <table className="sl-table">
        <thead>
          <tr>
            <th>{say('rejected.place')}</th>
            <th>{say('rejected.reason')}</th>
            <th>{say('rejected.field')}</th>
            <th className="sl-number">{say('jobs.bytes')}</th>
            <th>{say('rejected.at')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.data.pages
            .flatMap((page) => page.data)
            .map((one) => (
              <Fragment key={one.id}>
                <tr>
                  <td>{one.place}</td>
                  <td>{one.reason}</td>
                  <td>{one.field}</td>
                  <td className="sl-number">{format.bytes(one.size)}</td>
                  <td>
                    <When time={one.at} />
                  </td>
                  <td>
                    <Guarded need="edit">
                      {(isOff) => (
                        <Button
                          size="compact-xs"
                          variant="subtle"
                          disabled={isOff || one.records > 1}
                          aria-expanded={shown === one.id}
                          onClick={() => show(shown === one.id ? undefined : one.id)}
                        >
                          {say('rejected.record')}
                        </Button>
                      )}
                    </Guarded>
                  </td>
                </tr>
                {shown === one.id && (
                  <tr>
                    <td colSpan={6}>
                      <RejectedRecord connectionId={id} rejectId={one.id} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
        </tbody>
      </table>
      {rows.hasNextPage && (
        <Button
          variant="subtle"
          fullWidth
          loading={rows.isFetchingNextPage}
          onClick={() => void rows.fetchNextPage()}
        >
          {say('timeline.more')}
        </Button>
      )}
    </section>
  );
}

async function download(id: string): Promise<void> {
  const token = session.token();
  const response = await fetch(`/api/sluice/v1/connections/${id}/rejects/export?state=open`, {
    headers: token === null ? {} : { Authorization: `Bearer ${token}` },
  });
  if (!response.ok) {
    throw new Error(`HTTP ${response.status}`);
  }
  save(await response.blob(), `rejects-${id}.ndjson`);
}
