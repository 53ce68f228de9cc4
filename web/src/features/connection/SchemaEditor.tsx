import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import type { ConnectionResponse } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { catalog, destinationModes } from '../../streams/catalog';
import { edited, editsOf, wishesOf } from '../../streams/edits';
import { SchemaTable } from '../../streams/SchemaTable';
import { issues, type Naming, type Wishes } from '../../streams/streams';
import { useFormat } from '../../ui/format';
import { ErrorCard, Loading } from '../../ui/states';
import classes from './Connection.module.css';
import { SaveReview } from './SaveReview';

/** The streams of a connection as they were chosen, to be changed; what is saved is reviewed first. */
export function SchemaEditor({ shown, children }: { shown: ConnectionResponse; children: ReactNode }) {
  const say = useSay();
  const format = useFormat();
  const known = useQuery(catalog(shown.sourceId, false));
  const writes = useQuery(destinationModes(shown.destinationId));
  const [entered, enter] = useState<Wishes>();
  const [isReviewing, review] = useState(false);
  const before = shown.configurations.streams;
  const streams = known.data?.streams;
  const wishes = useMemo(() => entered ?? wishesOf(before), [entered, before]);
  const after = useMemo(() => edited(before, streams ?? [], wishes), [before, streams, wishes]);
  const edits = useMemo(
    () => (entered === undefined ? [] : editsOf(before, after)),
    [entered, before, after],
  );
  const naming = namingOf(shown);
  const found = issues(streams ?? [], wishes, naming);
  const isDirty = edits.length > 0;
  useBlocker({
    shouldBlockFn: () => isDirty && !window.confirm(say('editor.leave')),
    enableBeforeUnload: () => isDirty,
    disabled: !isDirty,
  });
  if (known.isError || writes.isError) {
    const failed = known.isError ? known : writes;
    return <ErrorCard error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  if (streams === undefined || writes.data === undefined) {
    return <Loading rows={10} height={34} />;
  }
  if (known.data?.fetchedAt === undefined) {
    // Nobody has looked at the source yet: what is configured is all that is known.
    return children;
  }
  return (
    <>
      <SchemaTable
        sourceId={shown.sourceId}
        streams={streams}
        writes={writes.data}
        wishes={wishes}
        found={found}
        naming={naming}
        onChange={enter}
        actions={
          <Text size="sm" c="dimmed">
            {say('wizard.fetched', { time: format.relative(known.data.fetchedAt) })}
          </Text>
        }
      />
      {isDirty && (
        <footer className={classes.saveBar} aria-label={say('schema.unsaved', { count: edits.length })}>
          <Text mr="auto" role="status">
            {say('schema.unsaved', { count: edits.length })}
            {found.size > 0 && ` · ${say('streams.summary.issues', { count: found.size })}`}
          </Text>
          <Button variant="default" onClick={() => enter(undefined)}>
            {say('schema.discard')}
          </Button>
          <Button disabled={found.size > 0} onClick={() => review(true)}>
            {say('schema.save')}
          </Button>
        </footer>
      )}
      {isReviewing && (
        <SaveReview
          shown={shown}
          edits={edits}
          after={after}
          onSaved={() => {
            review(false);
            enter(undefined);
          }}
          onClose={() => review(false)}
        />
      )}
    </>
  );
}

function namingOf(shown: ConnectionResponse): Naming {
  const definition = shown.namespaceDefinition ?? 'destination';
  return {
    definition,
    format: shown.namespaceFormat ?? '',
    prefix: shown.prefix ?? '',
  };
}
