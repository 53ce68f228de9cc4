import { ActionIcon, Button, Group, Modal, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { useMay } from '../../app/may';
import { useSay } from '../../i18n/i18n';
import { writesObjects } from '../../mapping/mapping';
import type { StreamConfiguration } from '../../streams/edits';
import { KINDS, made, mappersOf, moved, words, type Kind, type Mapper } from '../../streams/mappers';
import { Icon } from '../../ui/icons';
import { ErrorCard, Loading } from '../../ui/states';
import classes from './Connection.module.css';
import { useConnectionId } from './useConnectionId';
import { MappedSample } from './MappedSample';
import { ObjectsTab } from './ObjectsTab';
import { connection, nameOf } from './queries';

/** What is done to the rows of each stream on their way. It holds from the next run on. */
export function MappingsTab() {
  const say = useSay();
  const id = useConnectionId();
  const may = useMay();
  const queries = useQueryClient();
  const shown = useQuery(connection(id));
  const [text, setText] = useState('');
  const [adding, add] = useState<StreamConfiguration>();
  const saving = useMutation({
    mutationFn: ({ stream, mappers }: { stream: StreamConfiguration; mappers: Mapper[] }) => {
      const streams = shown.data?.configurations.streams ?? [];
      return ok(
        api.PATCH('/api/public/v1/connections/{connectionId}', {
          params: { path: { connectionId: id } },
          body: {
            configurations: {
              streams: streams.map((each) =>
                nameOf(each) === nameOf(stream) ? { ...each, mappers: mappers } : each,
              ),
            },
          },
        }),
      );
    },
    onSuccess: () => {
      add(undefined);
      notifications.show({ message: say('mappings.saved'), color: 'green' });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['connection', id] }),
  });
  if (shown.isError) {
    return <ErrorCard error={shown.error} onRetry={() => void shown.refetch()} />;
  }
  if (shown.isPending) {
    return <Loading />;
  }
  if (writesObjects(shown.data.configurations.streams)) {
    return <ObjectsTab key={shown.dataUpdatedAt} shown={shown.data} />;
  }
  const streams = shown.data.configurations.streams.filter((stream) =>
    nameOf(stream).toLowerCase().includes(text.toLowerCase()),
  );
  // Those with something to see come first.
  const sorted = [...streams].sort(
    (a, b) => Number(mappersOf(b).length > 0) - Number(mappersOf(a).length > 0),
  );
  return (
    <div className={classes.stack}>
      <Text c="dimmed">{say('mappings.text')}</Text>
      <TextInput
        type="search"
        w={280}
        aria-label={say('streams.search')}
        placeholder={say('streams.search')}
        leftSection={<Icon name="search" />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {saving.isError && <ErrorCard error={saving.error} title={say('settings.notSaved')} />}
      {sorted.slice(0, 100).map((stream) => {
        const mappers = mappersOf(stream);
        return (
          <section
            key={nameOf(stream)}
            className="sl-card"
            aria-label={nameOf(stream)}
            data-stream={nameOf(stream)}
          >
            <div className={classes.tools}>
              <Title order={2} size="h3" mr="auto">
                {nameOf(stream)}
              </Title>
              {mappers.length > 0 && may('edit') && <MappedSample id={id} stream={stream} />}
              <Button
                size="xs"
                variant="default"
                leftSection={<Icon name="plus" />}
                disabled={!may('edit')}
                onClick={() => add(stream)}
              >
                {say('mappings.add')}
              </Button>
            </div>
            {mappers.length === 0 ? (
              <Text c="dimmed" p="sm">
                {say('mappings.none')}
              </Text>
            ) : (
              <ol className={classes.events}>
                {mappers.map((mapper, index) => (
                  <li key={index} className={classes.event}>
                    <Text component="span" mr="auto" style={{ overflowWrap: 'anywhere' }}>
                      {words(say, mapper)}
                    </Text>
                    <Group gap={4}>
                      <ActionIcon
                        aria-label={say('mappings.up')}
                        disabled={index === 0 || !may('edit')}
                        onClick={() => saving.mutate({ stream, mappers: moved(mappers, index, -1) })}
                      >
                        <Icon name="chevronUp" />
                      </ActionIcon>
                      <ActionIcon
                        aria-label={say('mappings.down')}
                        disabled={index === mappers.length - 1 || !may('edit')}
                        onClick={() => saving.mutate({ stream, mappers: moved(mappers, index, 1) })}
                      >
                        <Icon name="chevronDown" />
                      </ActionIcon>
                      <ActionIcon
                        aria-label={say('mappings.remove')}
                        disabled={!may('edit')}
                        onClick={() =>
                          saving.mutate({ stream, mappers: mappers.filter((_, each) => each !== index) })
                        }
                      >
                        <Icon name="trash" />
                      </ActionIcon>
                    </Group>
                  </li>
                ))}
              </ol>
            )}
          </section>
        );
      })}
      <Modal
        opened={adding !== undefined}
        onClose={() => add(undefined)}
        title={adding === undefined ? '' : say('mappings.addTo', { name: nameOf(adding) })}
      >
        {adding !== undefined && (
          <AddMapper
            isBusy={saving.isPending}
            onAdd={(mapper) => saving.mutate({ stream: adding, mappers: [...mappersOf(adding), mapper] })}
          />
        )}
      </Modal>
    </div>
  );
}

function AddMapper({ isBusy, onAdd }: { isBusy: boolean; onAdd: (mapper: Mapper) => void }) {
  const say = useSay();
  const [kind, setKind] = useState<Kind>('hashing');
  const [field, setField] = useState('');
  const [value, setValue] = useState('');
  const needsField = kind !== 'row-filtering';
  const needsValue = kind === 'field-renaming' || kind === 'row-filtering' || kind === 'field-computing';
  const isReady = (!needsField || field.trim() !== '') && (!needsValue || value.trim() !== '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) {
          onAdd(made(kind, field.trim(), value.trim()));
        }
      }}
    >
      <Stack gap="sm">
        <Select
          label={say('mappings.kind')}
          allowDeselect={false}
          value={kind}
          data={KINDS.map((each) => ({ value: each, label: say(`mapper.${each}`) }))}
          onChange={(chosen) => setKind(KINDS.find((each) => each === chosen) ?? 'hashing')}
        />
        {needsField && (
          <TextInput
            label={say('rejected.field')}
            value={field}
            onChange={(event) => setField(event.currentTarget.value)}
          />
        )}
        {needsValue && (
          <TextInput
            label={say(kind === 'field-renaming' ? 'mappings.newName' : 'mappings.expression')}
            description={kind === 'field-renaming' ? undefined : say('mappings.expression.help')}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        )}
        <Text size="sm" c="dimmed">
          {say(`mapper.${kind}.help`)}
        </Text>
        <Group justify="flex-end">
          <Button type="submit" disabled={!isReady} loading={isBusy}>
            {say('mappings.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
