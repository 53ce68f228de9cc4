import { Button, Checkbox, Menu, ActionIcon, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../../api/problem';
import type { ConnectionStatus, JobStream, StreamStatus } from '../../api/schema';
import { useMay } from '../../app/may';
import { useSay } from '../../i18n/i18n';
import { ConfirmByName } from '../../ui/ConfirmByName';
import { useFormat } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { StatusChip } from '../../ui/StatusChip';
import { When } from '../../ui/When';
import { jobStreams } from '../../api/jobs';
import classes from './Connection.module.css';
import { areOpen, nameOf, rejectGroups, run, schemaChanges, type Run } from './queries';

/** More than these are shown once one asks for them. */
const FIRST = 200;

/** The word for a stream: what only the page knows goes before what the server says. */
export function streamWord(
  stream: Pick<StreamStatus, 'status'>,
  numbers: Pick<JobStream, 'recordsRejected'> | undefined,
  needsReview: boolean,
  isMissing = true,
): string {
  const isMoving = ['syncing', 'refreshing', 'clearing', 'queued'].includes(stream.status);
  if (needsReview && !isMoving) {
    return 'needs_review';
  }
  if (stream.status === 'synced' && isMissing && (numbers?.recordsRejected ?? 0) > 0) {
    return 'synced_with_rejects';
  }
  return stream.status;
}

export function StreamTable({ id, status }: { id: string; status: ConnectionStatus }) {
  const say = useSay();
  const format = useFormat();
  const may = useMay();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [most, setMost] = useState(FIRST);
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [clearing, setClearing] = useState<StreamStatus[]>([]);
  const jobId = status.openJobId ?? status.lastJobId;
  const lastJob = useQuery({
    ...jobStreams(jobId ?? 0, undefined, status.openJobId !== undefined),
    enabled: jobId !== undefined,
  });
  const changes = useQuery(schemaChanges(id));
  const rejected = useQuery(rejectGroups(id));
  const broken = new Set(
    changes.data?.data.filter((change) => change.state === 'open' && change.breaking).map(nameOf),
  );
  const numbers = new Map(lastJob.data?.data.map((stream) => [nameOf(stream), stream]));
  const running = useMutation({
    mutationFn: (wish: Run) => run(id, wish),
    onSuccess: () => choose(new Set()),
    onError: (failure) => notifications.show({ message: asProblem(failure).message, color: 'red' }),
    onSettled: () => {
      setClearing([]);
      return queries.invalidateQueries({ queryKey: ['connection', id] });
    },
  });
  const canRun = may('run') && status.openJobId === undefined && status.standing === 'active';
  const begin = (kind: Run['kind'], streams: StreamStatus[], keepHistory?: boolean) =>
    running.mutate({
      kind,
      streams: streams.map(({ name, namespace }) => ({
        name,
        ...(namespace === undefined ? {} : { namespace }),
      })),
      ...(keepHistory === undefined ? {} : { keepHistory }),
    });
  const found = status.streams.filter((stream) => nameOf(stream).toLowerCase().includes(text.toLowerCase()));
  const picked = status.streams.filter((stream) => chosen.has(nameOf(stream)));
  return (
    <section className="sl-card" aria-label={say('jobs.streams')}>
      <div className={classes.tools}>
        <TextInput
          type="search"
          size="xs"
          w={240}
          aria-label={say('streams.search')}
          placeholder={say('streams.search')}
          leftSection={<Icon name="search" />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {say('streams.count', { shown: found.length, all: status.streams.length })}
        </Text>
        {picked.length > 0 && (
          <>
            <Button size="xs" variant="default" disabled={!canRun} onClick={() => begin('sync', picked)}>
              {say('streams.syncChosen', { count: picked.length })}
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={!canRun}
              onClick={() => begin('refresh', picked, true)}
            >
              {say('streams.refreshChosen', { count: picked.length })}
            </Button>
            <Button
              size="xs"
              variant="default"
              c="var(--sl-error)"
              disabled={!canRun}
              onClick={() => setClearing(picked)}
            >
              {say('streams.clearChosen', { count: picked.length })}
            </Button>
          </>
        )}
      </div>
      <div className={classes.scroll}>
        <table className="sl-table">
          <thead>
            <tr>
              <th style={{ width: 36 }}>
                <Checkbox
                  size="xs"
                  aria-label={say('streams.chooseAll')}
                  checked={found.length > 0 && found.every((stream) => chosen.has(nameOf(stream)))}
                  onChange={(event) =>
                    choose(event.currentTarget.checked ? new Set(found.map(nameOf)) : new Set())
                  }
                />
              </th>
              <th>{say('column.status')}</th>
              <th>{say('column.stream')}</th>
              <th>{say('column.mode')}</th>
              <th>{say('column.lastSync')}</th>
              <th className="sl-number">{say('count.read')}</th>
              <th className="sl-number">{say('count.loaded')}</th>
              <th className="sl-number">{say('count.rejected')}</th>
              <th>
                <span className="sl-visually-hidden">{say('action.more')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, most).map((stream) => {
              const name = nameOf(stream);
              const its = numbers.get(name);
              return (
                <tr key={name} data-stream={name}>
                  <td>
                    <Checkbox
                      size="xs"
                      aria-label={say('connections.choose', { name })}
                      checked={chosen.has(name)}
                      onChange={() => {
                        const next = new Set(chosen);
                        if (!next.delete(name)) {
                          next.add(name);
                        }
                        choose(next);
                      }}
                    />
                  </td>
                  <td>
                    <StatusChip
                      status={streamWord(stream, its, broken.has(name), areOpen(rejected.data?.data, name))}
                    />
                  </td>
                  <td>{name}</td>
                  <td className={classes.quiet}>{modeWords(say, stream.syncMode)}</td>
                  <td>
                    <When time={stream.lastSuccessAt} />
                  </td>
                  <td className="sl-number" data-count="read">
                    {its === undefined ? '' : format.count(its.recordsRead)}
                  </td>
                  <td className="sl-number" data-count="loaded">
                    {its === undefined ? '' : format.count(its.recordsCommitted)}
                  </td>
                  <td className="sl-number" data-count="rejected">
                    {its === undefined ? '' : format.count(its.recordsRejected)}
                  </td>
                  <td style={{ width: 40 }}>
                    <Menu position="bottom-end">
                      <Menu.Target>
                        <ActionIcon aria-label={say('streams.actions', { name })}>
                          <Icon name="dots" />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item disabled={!canRun} onClick={() => begin('sync', [stream])}>
                          {say('streams.sync')}
                        </Menu.Item>
                        <Menu.Item disabled={!canRun} onClick={() => begin('refresh', [stream], true)}>
                          {say('connection.refreshKeep')}
                        </Menu.Item>
                        <Menu.Item disabled={!canRun} onClick={() => begin('refresh', [stream], false)}>
                          {say('connection.refreshReplace')}
                        </Menu.Item>
                        <Menu.Item color="red" disabled={!canRun} onClick={() => setClearing([stream])}>
                          {say('connection.clear')}
                        </Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {found.length > most && (
        <Button variant="subtle" fullWidth onClick={() => setMost(most + 1_000)}>
          {say('streams.more', { count: found.length - most })}
        </Button>
      )}
      <ConfirmByName
        isOpen={clearing.length > 0}
        title={say('streams.clear.title', { count: clearing.length })}
        text={say('connection.clear.text')}
        word={
          clearing.length === 1 && clearing[0] !== undefined ? nameOf(clearing[0]) : say('streams.clear.word')
        }
        action={say('connection.clear')}
        isBusy={running.isPending}
        onConfirm={() => begin('clear', clearing)}
        onClose={() => setClearing([])}
      />
    </section>
  );
}

const MODES = [
  'full_refresh_overwrite',
  'full_refresh_overwrite_deduped',
  'full_refresh_append',
  'incremental_append',
  'incremental_deduped_history',
  'full_refresh_upsert',
  'full_refresh_update',
  'incremental_update',
  'full_refresh_soft_delete',
  'incremental_soft_delete',
  'full_refresh_delete',
  'incremental_delete',
  'full_refresh_mirror',
] as const;

export function modeWords(say: ReturnType<typeof useSay>, mode: string): string {
  const known = MODES.find((each) => each === mode);
  return known === undefined ? mode : say(`mode.${known}`);
}
