import { Button, Code, Group, Modal, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { State } from '../../api/schema';
import { useMay } from '../../app/may';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { ErrorCard, Loading } from '../../ui/states';
import { save } from '../../ui/save';
import classes from './Connection.module.css';
import { connectionState, nameOf } from './queries';

/** How far each stream is, and where somebody wants it to go on. What was there before can be saved, and is in the timeline. */
export function StateCard({ id }: { id: string }) {
  const say = useSay();
  const format = useFormat();
  const may = useMay();
  const states = useQuery(connectionState(id));
  const [edited, edit] = useState<State>();
  return (
    <section className={`sl-card ${classes.scroll ?? ''}`} aria-label={say('state.title')}>
      <Group justify="space-between" p="md" pb="xs">
        <Title order={2}>{say('state.title')}</Title>
        {states.data !== undefined && states.data.data.length > 0 && (
          <Button
            size="xs"
            variant="default"
            onClick={() =>
              save(
                new Blob([JSON.stringify(states.data.data, null, 2)], { type: 'application/json' }),
                `state-${id}.json`,
              )
            }
          >
            {say('state.backup')}
          </Button>
        )}
      </Group>
      {states.isError ? (
        <ErrorCard error={states.error} onRetry={() => void states.refetch()} />
      ) : states.isPending ? (
        <Loading rows={3} />
      ) : states.data.data.length === 0 ? (
        <Text c="dimmed" px="md" pb="md">
          {say('state.none')}
        </Text>
      ) : (
        <table className="sl-table">
          <thead>
            <tr>
              <th>{say('column.stream')}</th>
              <th>{say('state.position')}</th>
              <th className="sl-number">{say('state.generation')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {states.data.data.map((state) => (
              <tr key={nameOf(state)} data-state={nameOf(state)}>
                <td>{nameOf(state)}</td>
                <td style={{ overflowWrap: 'anywhere' }}>
                  {state.position === undefined ? (
                    <Text c="dimmed">{say('state.whole')}</Text>
                  ) : (
                    <Code>{state.position.value}</Code>
                  )}
                  {state.isEdited && (
                    <Text size="sm" c="dimmed">
                      {say('state.edited')}
                    </Text>
                  )}
                </td>
                <td className="sl-number">{format.count(state.generation)}</td>
                <td>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    disabled={!may('edit') || state.position === undefined}
                    aria-label={say('state.editOf', { name: nameOf(state) })}
                    onClick={() => edit(state)}
                  >
                    {say('action.edit')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Modal
        opened={edited !== undefined}
        onClose={() => edit(undefined)}
        size="lg"
        title={edited === undefined ? '' : say('state.editOf', { name: nameOf(edited) })}
      >
        {edited !== undefined && <EditState id={id} state={edited} onClose={() => edit(undefined)} />}
      </Modal>
    </section>
  );
}

function EditState({ id, state, onClose }: { id: string; state: State; onClose: () => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const before = state.position?.value ?? '';
  const [text, setText] = useState(before);
  const saving = useMutation({
    mutationFn: (position: string | null) =>
      ok(
        api.PUT('/api/sluice/v1/connections/{connectionId}/state', {
          params: { path: { connectionId: id } },
          body: {
            name: state.name,
            ...(state.namespace === undefined ? {} : { namespace: state.namespace }),
            seen: state.seen,
            position,
          },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['connection', id] });
      onClose();
    },
  });
  const isJson = readable(text);
  return (
    <Stack gap="sm">
      <Text>{say('state.warning')}</Text>
      <Textarea
        label={say('state.position')}
        autosize
        minRows={3}
        maxRows={14}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={text}
        error={isJson ? undefined : say('state.notJson')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {text !== before && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {say('state.before')} <Code>{before}</Code>
        </Text>
      )}
      {saving.isError && <ErrorCard error={saving.error} title={say('settings.notSaved')} />}
      <Group justify="space-between">
        <Button variant="subtle" color="red" onClick={() => saving.mutate(null)} loading={saving.isPending}>
          {say('state.reset')}
        </Button>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            {say('action.cancel')}
          </Button>
          <Button
            disabled={!isJson || text === before}
            loading={saving.isPending}
            onClick={() => saving.mutate(text)}
          >
            {say('action.save')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

function readable(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
