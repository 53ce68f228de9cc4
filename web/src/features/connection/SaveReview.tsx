import { Badge, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { ConnectionResponse } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { REMEDIES, type Edit, type Remedy, type StreamConfiguration } from '../../streams/edits';
import { ErrorCard } from '../../ui/states';
import classes from './Connection.module.css';
import { run } from './queries';
import { RemedyChoice } from './RemedyChoice';

const TONES = { added: 'green', removed: 'red', changed: 'yellow' } as const;

/** What saving does, stream by stream, and what becomes of the rows that are there already. */
export function SaveReview({
  shown,
  edits,
  after,
  onSaved,
  onClose,
}: {
  shown: ConnectionResponse;
  edits: Edit[];
  after: StreamConfiguration[];
  onSaved: () => void;
  onClose: () => void;
}) {
  const say = useSay();
  const queries = useQueryClient();
  const id = shown.connectionId;
  const changed = edits.filter((edit) => edit.kind === 'changed');
  const advised = changed.filter((edit) => edit.advised !== 'none');
  // A stream that nothing is advised for keeps its rows, unless all that changed shall be treated alike.
  const affected = advised.length > 0 ? advised : changed;
  const possible = REMEDIES.filter((each) => affected.every((edit) => edit.remedies.includes(each)));
  const [remedy, choose] = useState<Remedy>(() =>
    advised.length > 0 && possible.includes('keep') ? 'keep' : 'none',
  );
  const [typed, type] = useState('');
  const saving = useMutation({
    mutationFn: async () => {
      await ok(
        api.PATCH('/api/public/v1/connections/{connectionId}', {
          params: { path: { connectionId: id } },
          body: { configurations: { streams: after } },
        }),
      );
      if (remedy !== 'none') {
        const streams = affected.map(({ name, namespace }) => ({
          name,
          ...(namespace === undefined ? {} : { namespace }),
        }));
        await run(
          id,
          remedy === 'clear'
            ? { kind: 'clear', streams }
            : { kind: 'refresh', streams, keepHistory: remedy === 'keep' },
        );
      }
    },
    onSuccess: () => {
      notifications.show({ message: say('schema.saved'), color: 'green' });
      onSaved();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['connection', id] }),
  });
  const isReady = remedy !== 'clear' || typed.trim() === shown.name;
  return (
    <Modal opened size="lg" onClose={onClose} title={say('schema.save.title', { name: shown.name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) {
            saving.mutate();
          }
        }}
      >
        <Stack gap="md">
          <ul className={classes.edits}>
            {edits.map((edit) => (
              <li key={edit.label} data-edit={edit.label}>
                <Badge color={TONES[edit.kind]} variant="light">
                  {say(`schema.edit.${edit.kind}`)}
                </Badge>{' '}
                <strong>{edit.label}</strong>
                <Text size="sm" c="dimmed">
                  {edit.kind === 'changed' ? null : say(`schema.edit.${edit.kind}.text`)}
                </Text>
                {edit.parts.map(({ part, from, to }) => (
                  <Text key={part} size="sm">
                    {say(`schema.part.${part}`)}: <s>{told(say, part, from)}</s> → {told(say, part, to)}
                  </Text>
                ))}
              </li>
            ))}
          </ul>
          {changed.length > 0 && (
            <RemedyChoice
              names={affected.map((edit) => edit.label)}
              description={advised.length > 0 ? say('schema.remedy.advised') : undefined}
              offered={possible}
              chosen={remedy}
              onChoose={choose}
            />
          )}
          {remedy === 'clear' && (
            <TextInput
              label={say('confirm.type', { word: shown.name })}
              value={typed}
              autoComplete="off"
              onChange={(event) => type(event.currentTarget.value)}
            />
          )}
          {saving.isError && <ErrorCard error={saving.error} title={say('settings.notSaved')} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {say('action.cancel')}
            </Button>
            <Button
              type="submit"
              color={remedy === 'clear' ? 'red' : undefined}
              loading={saving.isPending}
              disabled={!isReady}
            >
              {say(remedy === 'none' ? 'schema.save' : `schema.save.${remedy}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function told(say: ReturnType<typeof useSay>, part: Edit['parts'][number]['part'], value: string): string {
  if (value === '') {
    return say('schema.part.none');
  }
  if (part === 'fields' && value === '*') {
    return say('column.fields.all');
  }
  return part === 'mode' ? say(`wizardMode.${value as 'full_refresh_append'}`) : value;
}
