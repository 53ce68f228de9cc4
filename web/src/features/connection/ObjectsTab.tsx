import { Alert, Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, ok } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { ConnectionResponse } from '../../api/schema';
import { useMay } from '../../app/may';
import { useSay } from '../../i18n/i18n';
import { ErrorList, type MappingError } from '../../mapping/ErrorList';
import { configurationOf, mappingOf, type Mapping } from '../../mapping/mapping';
import { MappingEditor } from '../../mapping/MappingEditor';
import { useChecked } from '../../mapping/useChecked';
import { catalog } from '../../streams/catalog';
import { ErrorCard, Loading } from '../../ui/states';
import classes from './Connection.module.css';
import { nameOf } from './queries';

/** How the rows of a connection become objects of its destination, to be changed. */
export function ObjectsTab({ shown }: { shown: ConnectionResponse }) {
  const say = useSay();
  const may = useMay();
  const queries = useQueryClient();
  const streams = useQuery(catalog(shown.sourceId, false));
  const [before] = useState(() =>
    shown.configurations.streams.map((stream) => ({ stream, mapping: mappingOf(stream) })),
  );
  const others = before.filter((each) => each.mapping === undefined).map((each) => each.stream);
  const kept = useMemo(
    () => before.flatMap(({ mapping }) => (mapping === undefined ? [] : [mapping])),
    [before],
  );
  const [entered, enter] = useState<Mapping[]>();
  const mappings = entered ?? kept;
  const checked = useChecked(shown.destinationId, streams.data?.streams, mappings);
  const lacking = checked.findIndex((each) => each.lack !== undefined);
  const why = checked[lacking]?.lack;
  const configured = checked.flatMap(({ mapping, operations, stream }) =>
    stream === undefined ? [] : [configurationOf(mapping, operations, stream)],
  );
  const was = before.flatMap(({ stream, mapping }) => (mapping === undefined ? [] : [stream]));
  const isDirty = entered !== undefined && JSON.stringify(entered) !== JSON.stringify(kept);
  useBlocker({
    shouldBlockFn: () => isDirty && !window.confirm(say('editor.leave')),
    enableBeforeUnload: () => isDirty,
    disabled: !isDirty,
  });
  const saving = useMutation({
    mutationFn: () => {
      // What the editor does not show of a stream stays: mappers, rules.
      const all = configured.map((next) => ({
        ...was.find((old) => nameOf(old) === nameOf(next)),
        ...next,
      }));
      return ok(
        api.PATCH('/api/public/v1/connections/{connectionId}', {
          params: { path: { connectionId: shown.connectionId } },
          body: { configurations: { streams: [...all, ...others] } },
        }),
      );
    },
    onSuccess: async () => {
      enter(undefined);
      notifications.show({ message: say('mappings.saved'), color: 'green' });
      await queries.invalidateQueries({ queryKey: ['connection', shown.connectionId] });
    },
  });
  if (streams.isError) {
    return <ErrorCard error={streams.error} onRetry={() => void streams.refetch()} />;
  }
  if (streams.data === undefined) {
    return <Loading rows={8} height={34} />;
  }
  const errors = saving.isError ? asProblem(saving.error).data.errors : undefined;
  return (
    <div className={classes.stack}>
      <Text c="dimmed">{say('mapping.tab.text')}</Text>
      {others.map((stream) => (
        <Alert key={nameOf(stream)} color="blue">
          {say('mapping.tab.other', { stream: nameOf(stream) })}
        </Alert>
      ))}
      <fieldset disabled={!may('edit')} className={classes.plain}>
        <MappingEditor
          sourceId={shown.sourceId}
          destinationId={shown.destinationId}
          streams={streams.data.streams}
          checked={checked}
          onChange={(next) => {
            saving.reset();
            enter(next);
          }}
        />
      </fieldset>
      {Array.isArray(errors) ? (
        <ErrorList errors={errors as MappingError[]} />
      ) : (
        saving.isError && <ErrorCard error={saving.error} title={say('settings.notSaved')} />
      )}
      {isDirty && (
        <footer className={classes.saveBar}>
          <Text mr="auto" role="status">
            {why === undefined
              ? say('schema.unsaved', { count: 1 })
              : say('mapping.lackOf', { number: lacking + 1, why: say(`mapping.lack.${why}`) })}
          </Text>
          <Button variant="default" onClick={() => enter(undefined)}>
            {say('schema.discard')}
          </Button>
          <Button
            disabled={why !== undefined || !may('edit')}
            loading={saving.isPending}
            onClick={() => saving.mutate()}
          >
            {say('action.save')}
          </Button>
        </footer>
      )}
    </div>
  );
}
