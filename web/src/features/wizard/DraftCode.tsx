import { Group, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { actor } from '../../api/actors';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { projectText } from '../../streams/projectText';
import type { StreamConfiguration } from '../../streams/edits';
import { CopyButton } from '../../ui/CopyButton';
import { ErrorCard } from '../../ui/states';
import type { Document, Settings } from './draft';
import { exportOf } from './draftExport';
import { tags } from './queries';
import classes from './Wizard.module.css';

/** What is about to be set up, as the project file that does the same. */
export default function DraftCode({
  document,
  settings,
  streams,
}: {
  document: Document;
  settings: Settings;
  streams: StreamConfiguration[];
}) {
  const say = useSay();
  const ws = useWorkspaceId();
  const source = useQuery(actor('source', document.source?.sourceId ?? ''));
  const destination = useQuery(actor('destination', document.destination?.destinationId ?? ''));
  const known = useQuery(tags(ws));
  const failed = [source, destination].find((each) => each.isError);
  if (failed !== undefined) {
    return <ErrorCard error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  if (source.data === undefined || destination.data === undefined) {
    return <Loader />;
  }
  const names = new Map((known.data ?? []).map((each) => [each.tagId, each.name]));
  const { text, notes } = projectText(exportOf(source.data, destination.data, settings, streams, names));
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Text size="sm" c="dimmed">
          {say('configure.code.text')}
        </Text>
        <CopyButton text={text} />
      </Group>
      {notes.map((note) => (
        <Text key={note} size="sm">
          {note}
        </Text>
      ))}
      <pre className={classes.code} tabIndex={0}>
        <code>{text}</code>
      </pre>
    </>
  );
}
