import { Alert, Button, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { StreamName } from '../../api/schema';
import { useMay } from '../../app/may';
import { useSay } from '../../i18n/i18n';
import { remediesOf, type StreamConfiguration } from '../../streams/edits';
import { Icon } from '../../ui/icons';
import { readable } from '../../ui/readable';
import { ErrorCard } from '../../ui/states';
import { nameOf, run } from './queries';
import { RemedyChoice } from './RemedyChoice';

const WAYS = ['keep', 'remove'] as const;

/** Rows that are there are not as the accepted changes make new ones. One way for all these streams: a connection has one job at a time. */
export function RefreshAdvice({
  id,
  streams,
  configured,
  onDone,
}: {
  id: string;
  streams: StreamName[];
  configured: StreamConfiguration[];
  onDone: () => void;
}) {
  const say = useSay();
  const may = useMay();
  const queries = useQueryClient();
  const [way, choose] = useState<(typeof WAYS)[number]>('keep');
  const remedies = (stream: StreamName) => {
    const own = configured.find((other) => nameOf(other) === nameOf(stream));
    return own === undefined ? WAYS : remediesOf(own);
  };
  // A stream that each sync copies whole needs nothing else.
  const affected = streams.filter((stream) => remedies(stream).includes('keep'));
  const possible = WAYS.filter((each) => affected.every((stream) => remedies(stream).includes(each)));
  const refreshing = useMutation({
    mutationFn: () => run(id, { kind: 'refresh', streams: affected, keepHistory: way === 'keep' }),
    onSuccess: async () => {
      notifications.show({ message: say('schema.refreshBegun') });
      await queries.invalidateQueries({ queryKey: ['connection', id] });
      onDone();
    },
  });
  if (affected.length === 0) {
    return null;
  }
  return (
    <Alert
      color="yellow"
      styles={readable('warn')}
      icon={<Icon name="info" size={20} />}
      title={say('schema.refreshAdvised', { names: affected.map(nameOf).join(', ') })}
    >
      <Stack gap="sm">
        <RemedyChoice names={affected.map(nameOf)} offered={possible} chosen={way} onChoose={choose} />
        {refreshing.isError && <ErrorCard error={refreshing.error} />}
        <Group gap="xs">
          <Button
            size="xs"
            disabled={!may('run')}
            loading={refreshing.isPending}
            onClick={() => refreshing.mutate()}
          >
            {say('schema.refreshNow')}
          </Button>
          <Button size="xs" variant="default" onClick={onDone}>
            {say('schema.refreshLater')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
