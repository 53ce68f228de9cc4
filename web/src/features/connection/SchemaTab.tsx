import { Alert, Badge, Button, Checkbox, Group, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { SchemaChange, SchemaChanges, StreamName } from '../../api/schema';
import { useMay } from '../../app/may';
import { useSay } from '../../i18n/i18n';
import type { StreamConfiguration } from '../../streams/edits';
import { writesObjects } from '../../mapping/mapping';
import { GoLink } from '../../ui/GoLink';
import { Icon } from '../../ui/icons';
import { ErrorCard, Loading } from '../../ui/states';
import { When } from '../../ui/When';
import classes from './Connection.module.css';
import { SchemaEditor } from './SchemaEditor';
import { useConnectionId } from './useConnectionId';
import { connection, nameOf, schemaChanges } from './queries';
import { RefreshAdvice } from './RefreshAdvice';
import { modeWords } from './StreamTable';

/** Which streams are copied and how, and what has changed at the source. */
export function SchemaTab() {
  const say = useSay();
  const id = useConnectionId();
  const queries = useQueryClient();
  const may = useMay();
  const shown = useQuery(connection(id));
  const changes = useQuery(schemaChanges(id));
  const isMapped = writesObjects(shown.data?.configurations.streams ?? []);
  const [advised, advise] = useState<StreamName[]>([]);
  const checking = useMutation({
    mutationFn: () =>
      ok(
        api.POST('/api/sluice/v1/connections/{connectionId}/schema/check', {
          params: { path: { connectionId: id } },
        }),
      ),
    onSuccess: async (found) => {
      queries.setQueryData(schemaChanges(id).queryKey, found);
      await queries.invalidateQueries({ queryKey: ['sources', 'catalog'] });
      const open = found.data.filter((change) => change.state === 'open').length;
      notifications.show({ message: say('schema.checked', { count: open }) });
    },
    onError: (failure) => notifications.show({ message: asProblem(failure).message, color: 'red' }),
  });
  return (
    <div className={classes.stack}>
      <Group justify="space-between">
        <Text c="dimmed">{say('schema.text')}</Text>
        <Button
          variant="default"
          leftSection={<Icon name="refresh" />}
          loading={checking.isPending}
          onClick={() => checking.mutate()}
        >
          {say('schema.check')}
        </Button>
      </Group>
      {advised.length > 0 && (
        <RefreshAdvice
          id={id}
          streams={advised}
          configured={shown.data?.configurations.streams ?? []}
          onDone={() => advise([])}
        />
      )}
      {changes.isError ? (
        <ErrorCard error={changes.error} onRetry={() => void changes.refetch()} />
      ) : changes.isPending ? (
        <Loading rows={2} />
      ) : (
        <Review key={changes.dataUpdatedAt} id={id} changes={changes.data} onAdvice={advise} />
      )}
      {isMapped && (
        <Text>
          {say('mapping.schema.text')}{' '}
          <GoLink to="/w/$ws/connections/$connectionId/$tab" params={{ connectionId: id, tab: 'mappings' }}>
            {say('mapping.schema.go')}
          </GoLink>
        </Text>
      )}
      {shown.data !== undefined && may('edit') && !isMapped ? (
        <SchemaEditor shown={shown.data}>
          <Streams streams={shown.data.configurations.streams} />
        </SchemaEditor>
      ) : (
        <Streams streams={shown.data?.configurations.streams ?? []} />
      )}
    </div>
  );
}

const TONES = { added: 'green', removed: 'red', changed: 'yellow' } as const;
const SIGNS = { added: '+', removed: '–', changed: '~' } as const;

/** The changes that somebody has to look at: each is accepted or ignored. */
function Review({
  id,
  changes,
  onAdvice,
}: {
  id: string;
  changes: SchemaChanges;
  onAdvice: (streams: StreamName[]) => void;
}) {
  const say = useSay();
  const may = useMay();
  const queries = useQueryClient();
  const open = changes.data.filter((change) => change.state === 'open');
  const [accepted, accept] = useState<ReadonlySet<string>>(
    () => new Set(open.filter((change) => !change.breaking).map(nameOf)),
  );
  const [ignored, ignore] = useState<ReadonlySet<string>>(new Set());
  const settling = useMutation({
    mutationFn: () =>
      ok(
        api.POST('/api/sluice/v1/connections/{connectionId}/schema/review', {
          params: { path: { connectionId: id } },
          body: { accept: seen(open, accepted), ignore: seen(open, ignored) },
        }),
      ),
    onSuccess: async (left) => {
      await queries.invalidateQueries({ queryKey: ['connection', id] });
      onAdvice(left.refreshAdvised ?? []);
    },
    onError: (failure) => notifications.show({ message: asProblem(failure).message, color: 'red' }),
  });
  if (open.length === 0) {
    return null;
  }
  const choose = (change: SchemaChange, what: 'accept' | 'ignore', isOn: boolean) => {
    const name = nameOf(change);
    accept(toggled(accepted, name, what === 'accept' && isOn));
    ignore(toggled(ignored, name, what === 'ignore' && isOn));
  };
  return (
    <section className="sl-card" aria-label={say('schema.changes')}>
      <div className={classes.tools}>
        <Title order={2} size="h3" mr="auto">
          {say('schema.changes')}
        </Title>
        <Button
          size="xs"
          disabled={!may('edit') || accepted.size + ignored.size === 0}
          loading={settling.isPending}
          onClick={() => settling.mutate()}
        >
          {say('schema.settle', { accepted: accepted.size, ignored: ignored.size })}
        </Button>
      </div>
      <ul className={classes.events}>
        {open.map((change) => (
          <li key={nameOf(change)} className={classes.event} data-change={nameOf(change)}>
            <Badge color={TONES[change.kind]} variant="light">
              {SIGNS[change.kind]} {say(`schema.kind.${change.kind}`)}
            </Badge>
            <Text component="span" fw={600}>
              {nameOf(change)}
            </Text>
            {change.breaking && <Badge color="red">{say('schema.breaking')}</Badge>}
            {change.stopped && (
              <Badge color="red" variant="outline">
                {say('schema.stopped')}
              </Badge>
            )}
            <Text component="span" size="sm" c="dimmed" mr="auto">
              {say('schema.foundAt')} <When time={change.foundAt} />
            </Text>
            <Checkbox
              size="xs"
              label={say('schema.accept')}
              aria-label={say('schema.acceptOf', { name: nameOf(change) })}
              checked={accepted.has(nameOf(change))}
              onChange={(event) => choose(change, 'accept', event.currentTarget.checked)}
            />
            <Checkbox
              size="xs"
              label={say('schema.ignore')}
              aria-label={say('schema.ignoreOf', { name: nameOf(change) })}
              checked={ignored.has(nameOf(change))}
              onChange={(event) => choose(change, 'ignore', event.currentTarget.checked)}
            />
            {change.details.map((detail, index) => (
              <span key={index} className={classes.details}>
                {detail.words}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {open.some((change) => change.breaking) && (
        <Alert color="yellow" m="sm">
          {say('schema.breaking.text')}
        </Alert>
      )}
    </section>
  );
}

function toggled(set: ReadonlySet<string>, name: string, isOn: boolean): ReadonlySet<string> {
  const next = new Set(set);
  next.delete(name);
  if (isOn) {
    next.add(name);
  }
  return next;
}

function seen(open: SchemaChange[], names: ReadonlySet<string>) {
  return open
    .filter((change) => names.has(nameOf(change)))
    .map((change) => ({
      name: change.name,
      ...(change.namespace === undefined ? {} : { namespace: change.namespace }),
      seen: change.seen,
    }));
}

/** The streams for those who may only look. */
function Streams({ streams }: { streams: StreamConfiguration[] }) {
  const say = useSay();
  return (
    <section className={`sl-card ${classes.scroll ?? ''}`} aria-label={say('jobs.streams')}>
      <table className="sl-table">
        <thead>
          <tr>
            <th>{say('column.stream')}</th>
            <th>{say('column.mode')}</th>
            <th>{say('column.key')}</th>
            <th>{say('column.cursor')}</th>
            <th>{say('column.fields')}</th>
          </tr>
        </thead>
        <tbody>
          {streams.map((stream) => (
            <tr key={nameOf(stream)}>
              <td>{nameOf(stream)}</td>
              <td>{modeWords(say, stream.syncMode)}</td>
              <td>{(stream.primaryKey ?? []).map((path) => path.join('.')).join(', ')}</td>
              <td>{(stream.cursorField ?? []).join('.')}</td>
              <td>
                {stream.selectedFields === undefined || stream.selectedFields.length === 0
                  ? say('column.fields.all')
                  : stream.selectedFields.length}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
