import { Button, Group, MultiSelect, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { ConnectionResponse } from '../../api/schema';
import { useMay } from '../../app/may';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { NextRuns } from '../../schedule/NextRuns';
import { nextTimes } from '../../schedule/queries';
import { cronOf, startTiming, timingOf, type Timing } from '../../schedule/timing';
import { TimingFields } from '../../schedule/TimingFields';
import { tableOf } from '../../streams/streams';
import { prefixOf, WrittenWarning } from '../../streams/Written';
import { ConfirmByName } from '../../ui/ConfirmByName';
import { ErrorCard, Loading } from '../../ui/states';
import { tagList } from '../../api/connections';
import classes from './Connection.module.css';
import { useConnectionId } from './useConnectionId';
import { connection } from './queries';
import { StateCard } from './StateCard';

const REACTIONS = ['ignore', 'propagate_columns', 'propagate_fully', 'disable_connection'] as const;
const NAMESPACES = ['destination', 'source', 'custom_format'] as const;

/** What was said when the connection was set up, its state, and what cannot be taken back. */
export function SettingsTab() {
  const id = useConnectionId();
  const shown = useQuery(connection(id));
  if (shown.isError) {
    return <ErrorCard error={shown.error} onRetry={() => void shown.refetch()} />;
  }
  if (shown.isPending) {
    return <Loading />;
  }
  return (
    <div className={classes.stack}>
      <General key={JSON.stringify(shown.data)} shown={shown.data} />
      <StateCard id={id} />
      <Clone shown={shown.data} />
      <Danger shown={shown.data} />
    </div>
  );
}

function General({ shown }: { shown: ConnectionResponse }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const may = useMay();
  const queries = useQueryClient();
  const tags = useQuery(tagList(ws));
  const [now] = useState(() => new Date());
  const [entered, setEntered] = useState({
    name: shown.name,
    tags: shown.tags.map((tag) => tag.tagId),
    // An interval of another client stays as it is until somebody chooses: the public API has no words for it.
    timing:
      shown.schedule.scheduleType === 'basic' ? undefined : timingOf(shown.schedule.cronExpression, now),
    namespaceDefinition: shown.namespaceDefinition ?? 'destination',
    namespaceFormat: shown.namespaceFormat ?? '',
    prefix: shown.prefix ?? '',
    reaction: shown.nonBreakingSchemaUpdatesBehavior ?? 'propagate_columns',
  });
  const change = (part: Partial<typeof entered>) => setEntered({ ...entered, ...part });
  const cron = entered.timing === undefined ? undefined : cronOf(entered.timing);
  const times = useQuery(nextTimes(ws, cron));
  const saving = useMutation({
    mutationFn: () =>
      ok(
        api.PATCH('/api/public/v1/connections/{connectionId}', {
          params: { path: { connectionId: shown.connectionId } },
          body: {
            name: entered.name.trim(),
            tags: (tags.data?.data ?? []).filter((tag) => entered.tags.includes(tag.tagId)),
            ...(entered.timing === undefined ? {} : { schedule: scheduleOf(entered.timing) }),
            namespaceDefinition: entered.namespaceDefinition,
            ...(entered.namespaceDefinition === 'custom_format'
              ? { namespaceFormat: entered.namespaceFormat }
              : {}),
            prefix: entered.prefix,
            nonBreakingSchemaUpdatesBehavior: entered.reaction,
          },
        }),
      ),
    onSuccess: async () => {
      notifications.show({ message: say('settings.saved'), color: 'green' });
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['connection', shown.connectionId] }),
        queries.invalidateQueries({ queryKey: ['connections', ws] }),
      ]);
    },
  });
  const nameProblem =
    entered.name.trim() === ''
      ? say('settings.name.empty')
      : entered.name.length > 120
        ? say('settings.name.long')
        : undefined;
  const isWrong =
    cron === '' ||
    times.isError ||
    nameProblem !== undefined ||
    (entered.namespaceDefinition === 'custom_format' && entered.namespaceFormat.trim() === '');
  return (
    <section className={`sl-card ${classes.card ?? ''}`} aria-label={say('settings.general')}>
      <Title order={2} mb="sm">
        {say('settings.general')}
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWrong) {
            saving.mutate();
          }
        }}
      >
        <Stack gap="md" maw={560}>
          <TextInput
            label={say('settings.name')}
            value={entered.name}
            error={nameProblem}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <MultiSelect
            label={say('connections.tags')}
            data={(tags.data?.data ?? []).map((tag) => ({ value: tag.tagId, label: tag.name }))}
            value={entered.tags}
            maxValues={10}
            searchable
            onChange={(chosen) => change({ tags: chosen })}
          />
          {entered.timing === undefined ? (
            <Group gap="sm">
              <Text size="sm">
                {say('settings.schedule')}: {shown.schedule.basicTiming}
              </Text>
              <Button size="xs" variant="default" onClick={() => change({ timing: startTiming(now) })}>
                {say('settings.schedule.change')}
              </Button>
            </Group>
          ) : (
            <>
              <TimingFields
                timing={entered.timing}
                error={undefined}
                onChange={(timing) => change({ timing })}
              />
              {cron !== undefined && (
                <NextRuns
                  times={times.data}
                  error={times.error}
                  zone={entered.timing.kind === 'cron' ? entered.timing.zone : undefined}
                />
              )}
            </>
          )}
          <Select
            label={say('settings.namespace')}
            allowDeselect={false}
            value={entered.namespaceDefinition}
            data={NAMESPACES.map((value) => ({ value, label: say(`settings.namespace.${value}`) }))}
            onChange={(value) =>
              change({ namespaceDefinition: NAMESPACES.find((each) => each === value) ?? 'destination' })
            }
          />
          {entered.namespaceDefinition === 'custom_format' && (
            <TextInput
              label={say('settings.namespaceFormat')}
              description={say('settings.namespaceFormat.help')}
              value={entered.namespaceFormat}
              error={
                entered.namespaceFormat.trim() === '' ? say('settings.namespaceFormat.empty') : undefined
              }
              onChange={(event) => change({ namespaceFormat: event.currentTarget.value })}
            />
          )}
          <TextInput
            label={say('settings.prefix')}
            description={say('settings.prefix.help')}
            value={entered.prefix}
            onChange={(event) => change({ prefix: event.currentTarget.value })}
          />
          <Select
            label={say('settings.reaction')}
            allowDeselect={false}
            value={entered.reaction}
            data={REACTIONS.map((value) => ({ value, label: say(`settings.reaction.${value}`) }))}
            onChange={(value) => change({ reaction: REACTIONS.find((each) => each === value) ?? 'ignore' })}
          />
          <WrittenWarning
            destinationId={shown.destinationId}
            except={shown.connectionId}
            tables={shown.configurations.streams.map((each) =>
              tableOf(
                each,
                each.destinationObjectName === undefined
                  ? undefined
                  : { destinationName: each.destinationObjectName },
                {
                  definition: entered.namespaceDefinition,
                  format: entered.namespaceFormat,
                  prefix: entered.prefix,
                },
              ),
            )}
            prefix={prefixOf(shown.name, entered.prefix)}
            onPrefix={(prefix) => change({ prefix })}
          />
          {saving.isError && <ErrorCard error={saving.error} title={say('settings.notSaved')} />}
          <Group>
            <Button
              type="submit"
              loading={saving.isPending}
              disabled={!may('edit')}
              title={may('edit') ? undefined : say('guard.edit')}
            >
              {say('settings.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}

function scheduleOf(timing: Timing) {
  const cron = cronOf(timing);
  return cron === undefined
    ? { scheduleType: 'manual' as const }
    : { scheduleType: 'cron' as const, cronExpression: cron };
}

function Clone({ shown }: { shown: ConnectionResponse }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const may = useMay();
  const go = useNavigate();
  const queries = useQueryClient();
  const cloning = useMutation({
    mutationFn: () =>
      ok(
        api.POST('/api/public/v1/connections', {
          body: {
            name: say('settings.clone.name', { name: shown.name }).slice(0, 120),
            sourceId: shown.sourceId,
            destinationId: shown.destinationId,
            configurations: shown.configurations,
            // Two that write to the same tables would disturb each other: the copy is off, with a prefix of its own.
            status: 'inactive',
            prefix: `${shown.prefix ?? ''}copy_`,
            namespaceDefinition: shown.namespaceDefinition ?? 'destination',
            ...(shown.namespaceFormat === undefined ? {} : { namespaceFormat: shown.namespaceFormat }),
            tags: shown.tags,
          },
        }),
      ),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['connections', ws] });
      await go({
        to: '/w/$ws/connections/$connectionId/$tab',
        params: { ws, connectionId: made.connectionId, tab: 'settings' },
      });
    },
    onError: (failure) => notifications.show({ message: asProblem(failure).message, color: 'red' }),
  });
  return (
    <section className={`sl-card ${classes.card ?? ''}`} aria-label={say('settings.clone')}>
      <Group justify="space-between" wrap="wrap">
        <div>
          <Title order={2}>{say('settings.clone')}</Title>
          <Text c="dimmed">{say('settings.clone.text')}</Text>
        </div>
        <Button
          variant="default"
          disabled={!may('edit')}
          loading={cloning.isPending}
          onClick={() => cloning.mutate()}
        >
          {say('settings.clone')}
        </Button>
      </Group>
    </section>
  );
}

function Danger({ shown }: { shown: ConnectionResponse }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const may = useMay();
  const go = useNavigate();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const deleting = useMutation({
    mutationFn: () =>
      ok(
        api.DELETE('/api/public/v1/connections/{connectionId}', {
          params: { path: { connectionId: shown.connectionId } },
        }),
      ),
    onSuccess: async () => {
      notifications.show({ message: say('settings.deleted', { name: shown.name }), color: 'green' });
      await go({ to: '/w/$ws/connections', params: { ws } as never });
      queries.removeQueries({ queryKey: ['connection', shown.connectionId] });
      await queries.invalidateQueries({ queryKey: ['connections', ws] });
    },
    onError: (failure) => notifications.show({ message: asProblem(failure).message, color: 'red' }),
  });
  return (
    <section
      className={`sl-card ${classes.card ?? ''} ${classes.danger ?? ''}`}
      aria-label={say('settings.danger')}
    >
      <Group justify="space-between" wrap="wrap">
        <div>
          <Title order={2}>{say('settings.delete')}</Title>
          <Text c="dimmed">{say('settings.delete.text')}</Text>
        </div>
        <Button c="var(--sl-error)" variant="default" disabled={!may('edit')} onClick={() => setOpen(true)}>
          {say('settings.delete')}
        </Button>
      </Group>
      <ConfirmByName
        isOpen={isOpen}
        title={say('settings.delete.title', { name: shown.name })}
        text={say('settings.delete.text')}
        word={shown.name}
        action={say('settings.delete')}
        isBusy={deleting.isPending}
        onConfirm={() => deleting.mutate()}
        onClose={() => setOpen(false)}
      />
    </section>
  );
}
