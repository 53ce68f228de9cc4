import { Button, Group, Menu, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { ConnectionResponse, ConnectionStatus } from '../../api/schema';
import { useMay } from '../../app/may';
import { useSay } from '../../i18n/i18n';
import { ConfirmByName } from '../../ui/ConfirmByName';
import { GoLink } from '../../ui/GoLink';
import { Guarded } from '../../ui/Guarded';
import { Icon } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { ErrorCard, Loading } from '../../ui/states';
import { StatusChip } from '../../ui/StatusChip';
import { When } from '../../ui/When';
import { CancelButton } from '../../ui/CancelButton';
import { jobDetail } from '../../api/jobs';
import classes from './Connection.module.css';
import {
  connection,
  connectionStatus,
  destinationName,
  areOpen,
  rejectGroups,
  run,
  sourceName,
  type Run,
} from './queries';
import { useConnectionId } from './useConnectionId';

const TABS = ['status', 'timeline', 'schema', 'mappings', 'rejected', 'code', 'settings'] as const;

/** The head of a connection's pages: how it is, what one can do, and where else one can look. */
export function ConnectionFrame() {
  const say = useSay();
  const id = useConnectionId();
  const shown = useQuery(connection(id));
  const status = useQuery(connectionStatus(id));
  const lastJobId = status.data?.lastJobId;
  const last = useQuery({ ...jobDetail(lastJobId ?? 0), enabled: lastJobId !== undefined });
  const rejected = useQuery(rejectGroups(id));
  if (shown.isError) {
    return (
      <>
        <PageHeader title={say('page.connections')} />
        <ErrorCard error={shown.error} onRetry={() => void shown.refetch()} />
      </>
    );
  }
  if (shown.isPending) {
    return <Loading />;
  }
  return (
    <>
      <PageHeader
        title={shown.data.name}
        status={
          status.data && (
            <StatusChip
              status={word(status.data, areOpen(rejected.data?.data) ? (last.data?.rejected ?? 0) : 0)}
            />
          )
        }
        actions={status.data && <Actions connection={shown.data} status={status.data} />}
      />
      <Facts connection={shown.data} status={status.data} />
      <Tabs id={id} />
      <Outlet />
    </>
  );
}

/** The word for a connection, by the worst that there is to say. */
function word(status: ConnectionStatus, rejected: number): string {
  if (status.breakingChange && status.status !== 'running') {
    return 'needs_review';
  }
  return status.status === 'synced'
    ? rejected > 0
      ? 'synced_with_rejects'
      : 'healthy'
    : status.lastJobId === undefined && status.status === 'pending'
      ? 'not_synced'
      : status.status;
}

function Facts({
  connection: shown,
  status,
}: {
  connection: ConnectionResponse;
  status: ConnectionStatus | undefined;
}) {
  const say = useSay();
  const source = useQuery(sourceName(shown.sourceId));
  const destination = useQuery(destinationName(shown.destinationId));
  return (
    <Group gap="md" mb="sm" className={classes.facts}>
      <span>
        <GoLink
          to="/w/$ws/sources/$sourceId/settings"
          params={{ sourceId: shown.sourceId }}
          className={classes.link}
        >
          {source.data?.name ?? say('connection.source')}
        </GoLink>
        <span aria-hidden="true"> → </span>
        <GoLink
          to="/w/$ws/destinations/$destinationId/settings"
          params={{ destinationId: shown.destinationId }}
          className={classes.link}
        >
          {destination.data?.name ?? say('connection.destination')}
        </GoLink>
      </span>
      {shown.tags.map((tag) => (
        <span key={tag.tagId} className={classes.tag}>
          {tag.name}
        </span>
      ))}
      {status?.nextRunAt !== undefined && (
        <Text size="sm" c="dimmed">
          {say('connection.next')} <When time={status.nextRunAt} />
        </Text>
      )}
    </Group>
  );
}

function Tabs({ id }: { id: string }) {
  const say = useSay();
  const rejected = useQuery(rejectGroups(id));
  const count = rejected.data?.data.reduce((sum, group) => sum + group.records, 0) ?? 0;
  return (
    <nav className={classes.tabs} aria-label={say('connection.tabs')}>
      {TABS.map((tab) => (
        <GoLink
          key={tab}
          to={`/w/$ws/connections/$connectionId/${tab}`}
          params={{ connectionId: id }}
          className={classes.tab}
        >
          {say(`connection.tab.${tab}`)}
          {tab === 'rejected' && count > 0 ? ` (${count})` : ''}
        </GoLink>
      ))}
    </nav>
  );
}

function Actions({
  connection: shown,
  status,
}: {
  connection: ConnectionResponse;
  status: ConnectionStatus;
}) {
  const say = useSay();
  const id = shown.connectionId;
  const may = useMay();
  const queries = useQueryClient();
  const [isClearing, setClearing] = useState(false);
  const open = useQuery({ ...jobDetail(status.openJobId ?? 0), enabled: status.openJobId !== undefined });
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['connection', id] }),
      queries.invalidateQueries({ queryKey: ['connections'] }),
      queries.invalidateQueries({ queryKey: ['jobs'] }),
    ]);
  const complain = (failure: unknown) =>
    notifications.show({ message: asProblem(failure).message, color: 'red' });
  const running = useMutation({
    mutationFn: (wish: Run) => run(id, wish),
    onError: complain,
    onSettled: () => {
      setClearing(false);
      return refresh();
    },
  });
  const flip = useMutation({
    mutationFn: (isOn: boolean) =>
      ok(
        api.PATCH('/api/public/v1/connections/{connectionId}', {
          params: { path: { connectionId: id } },
          body: { status: isOn ? 'active' : 'inactive' },
        }),
      ),
    onError: complain,
    onSettled: refresh,
  });
  const isOn = flip.isPending ? flip.variables : status.standing === 'active';
  return (
    <>
      <Switch
        label={say(isOn ? 'status.active' : 'status.inactive')}
        aria-label={say('connections.on', { name: shown.name })}
        checked={isOn}
        disabled={!may('edit')}
        onChange={(event) => flip.mutate(event.currentTarget.checked)}
      />
      {status.openJobId !== undefined ? (
        <CancelButton jobId={status.openJobId} isWished={open.data?.isCancelWished ?? false} />
      ) : (
        <Guarded need="run">
          {(isOff) => (
            <Group gap={1} wrap="nowrap">
              <Button
                leftSection={<Icon name="refresh" />}
                disabled={isOff || status.standing !== 'active'}
                loading={running.isPending}
                onClick={() => running.mutate({ kind: 'sync' })}
                className={classes.first}
              >
                {say(status.lastJobId === undefined ? 'connection.firstSync' : 'connection.sync')}
              </Button>
              <Menu position="bottom-end">
                <Menu.Target>
                  <Button
                    aria-label={say('connection.otherRuns')}
                    px={8}
                    disabled={isOff || status.standing !== 'active'}
                    className={classes.second}
                  >
                    <Icon name="chevronDown" />
                  </Button>
                </Menu.Target>
                <Menu.Dropdown maw={360}>
                  <Menu.Item onClick={() => running.mutate({ kind: 'refresh', keepHistory: true })}>
                    {say('connection.refreshKeep')}
                    <Text size="sm" c="dimmed">
                      {say('connection.refreshKeep.text')}
                    </Text>
                  </Menu.Item>
                  <Menu.Item onClick={() => running.mutate({ kind: 'refresh', keepHistory: false })}>
                    {say('connection.refreshReplace')}
                    <Text size="sm" c="dimmed">
                      {say('connection.refreshReplace.text')}
                    </Text>
                  </Menu.Item>
                  <Menu.Item color="red" onClick={() => setClearing(true)}>
                    {say('connection.clear')}
                    <Text size="sm">{say('connection.clear.short')}</Text>
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </Group>
          )}
        </Guarded>
      )}
      <ConfirmByName
        isOpen={isClearing}
        title={say('connection.clear.title', { name: shown.name })}
        text={say('connection.clear.text')}
        word={shown.name}
        action={say('connection.clear')}
        isBusy={running.isPending}
        onConfirm={() => running.mutate({ kind: 'clear' })}
        onClose={() => setClearing(false)}
      />
    </>
  );
}
