import { ActionIcon, Button, Group, Modal, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CatalogEntry, DestinationObjects } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { entryOf } from '../streams/catalog';
import { keyOf, labelOf } from '../streams/streams';
import { Icon } from '../ui/icons';
import { FieldRows } from './FieldRows';
import {
  isFilled,
  likelyCursor,
  METHODS,
  operationOf,
  READS,
  readsOf,
  settled,
  type Mapping,
  type Method,
} from './mapping';
import classes from './Mapping.module.css';
import { operations } from './queries';
import { TestRows } from './TestRows';
import type { Checked } from './useChecked';

/** What somebody wants to choose while fields are mapped already. */
type Asked = { stream: string } | { object: string };

/** One stream and one object: how it is read, what is done, and which field becomes which. */
export function MappingCard({
  number,
  sourceId,
  destinationId,
  streams,
  objects,
  checked,
  onChange,
  onRemove,
}: {
  number: number;
  sourceId: string;
  destinationId: string;
  streams: CatalogEntry[];
  objects: DestinationObjects['objects'];
  checked: Checked;
  onChange: (mapping: Mapping) => void;
  onRemove: (() => void) | undefined;
}) {
  const say = useSay();
  const queries = useQueryClient();
  const [asked, ask] = useState<Asked>();
  const { mapping, operations: known, lack } = checked;
  const plain = checked.stream;
  const whole = useQuery({ ...entryOf(sourceId, plain ?? { name: '' }), enabled: plain !== undefined });
  const stream = whole.data ?? plain;
  const operation = operationOf(mapping, known);
  const set = (next: Partial<Mapping>) => onChange(settled({ ...mapping, ...next }, known, stream));
  // What follows by itself does so when the fields of the object are known.
  useEffect(() => {
    const next = settled(mapping, known, stream);
    if (
      JSON.stringify({ ...next, rows: next.rows.length }) !==
      JSON.stringify({ ...mapping, rows: mapping.rows.length })
    ) {
      onChange(next);
    }
  }, [mapping, known, stream, onChange]);
  function want(wish: Asked) {
    const before = 'stream' in wish ? mapping.stream : mapping.object;
    // Where nothing was chosen before, or nothing is filled in, there is nothing to lose.
    if (before !== undefined && mapping.rows.some(isFilled)) {
      ask(wish);
    } else {
      void choose(wish, true);
    }
  }
  async function choose(wish: Asked, carries: boolean) {
    ask(undefined);
    const next: Mapping = { ...mapping, ...wish, rows: carries ? mapping.rows : [] };
    if ('object' in wish) {
      delete next.method;
      next.matching = [];
      if (next.rows.length === 0) {
        onChange(next); // what follows by itself does so as soon as the fields are known
        return;
      }
      const own = await queries.query({ ...operations(destinationId, wish.object), staleTime: 'static' });
      const there = new Set(own.flatMap((each) => each.fields.map((field) => field.name)));
      next.rows = next.rows.filter((row) => row.to === '' || there.has(row.to));
      if (own.some((each) => each.method === mapping.method) && mapping.method !== undefined) {
        next.method = mapping.method;
      }
      onChange(settled(next, own, stream));
      return;
    }
    delete next.cursor;
    const named = streams.find((each) => keyOf(each) === wish.stream);
    if (next.rows.length === 0) {
      onChange(settled(next, known, named));
      return;
    }
    const entry =
      named === undefined ? null : await queries.query({ ...entryOf(sourceId, named), staleTime: 'static' });
    const fields = new Set((entry?.fields ?? []).map(([name]) => name));
    next.rows = next.rows.map((row) =>
      row.value.kind === 'field' && !fields.has(row.value.field)
        ? { ...row, value: { kind: 'field', field: '' } }
        : row,
    );
    onChange(settled(next, known, entry ?? undefined));
  }
  const title = say('mapping.title', { number });
  const methods = objects.find((each) => each.name === mapping.object)?.methods ?? [];
  return (
    <section className="sl-card" aria-label={title} data-mapping={number}>
      <Stack gap="md" p="md">
        <Group justify="space-between">
          <Title order={2} size="h3">
            {title}
          </Title>
          {onRemove !== undefined && (
            <ActionIcon aria-label={say('mapping.remove', { number })} onClick={onRemove}>
              <Icon name="trash" />
            </ActionIcon>
          )}
        </Group>
        <div className={classes.sides}>
          <Select
            label={say('mapping.stream')}
            placeholder={say('mapping.stream.choose')}
            searchable
            allowDeselect={false}
            value={mapping.stream ?? null}
            data={streams.map((each) => ({ value: keyOf(each), label: labelOf(each) }))}
            onChange={(chosen) => chosen !== null && chosen !== mapping.stream && want({ stream: chosen })}
          />
          <Select
            label={say('mapping.read')}
            allowDeselect={false}
            disabled={stream === undefined}
            value={mapping.read ?? null}
            data={(stream === undefined ? READS : readsOf(stream)).map((read) => ({
              value: read,
              label: say(`mapping.read.${read}`),
            }))}
            onChange={(chosen) => {
              const read = READS.find((each) => each === chosen);
              const cursor = mapping.cursor ?? (stream === undefined ? undefined : likelyCursor(stream));
              if (read !== undefined) {
                set({ read, ...(read === 'incremental' && cursor !== undefined ? { cursor } : {}) });
              }
            }}
          />
          {mapping.read === 'incremental' && stream?.hasOwnCursor === false && (
            <Select
              label={say('mapping.cursor')}
              description={say('mapping.cursor.help')}
              searchable
              allowDeselect={false}
              value={mapping.cursor?.[0] ?? null}
              data={(stream.fields ?? []).map(([name = '']) => name)}
              onChange={(chosen) => chosen !== null && set({ cursor: [chosen] })}
            />
          )}
        </div>
        <div className={classes.sides}>
          <Select
            label={say('mapping.object')}
            placeholder={say('mapping.object.choose')}
            searchable
            allowDeselect={false}
            value={mapping.object ?? null}
            data={objects.map((each) => each.name)}
            onChange={(chosen) => chosen !== null && chosen !== mapping.object && want({ object: chosen })}
          />
          <Select
            label={say('mapping.method')}
            placeholder={say('mapping.method.choose')}
            description={
              mapping.method === undefined ? undefined : say(`mapping.method.${mapping.method}.text`)
            }
            allowDeselect={false}
            disabled={mapping.object === undefined}
            value={mapping.method ?? null}
            data={METHODS.filter((each) => methods.includes(each)).map((each) => ({
              value: each,
              label: say(`mapping.method.${each}`),
            }))}
            onChange={(chosen) => {
              const method = METHODS.find((each): each is Method => each === chosen);
              if (method !== undefined) {
                set({ method });
              }
            }}
          />
          {operation !== undefined && operation.matchingKeys.length > 0 && (
            <Select
              label={say('mapping.matching')}
              description={say('mapping.matching.help')}
              allowDeselect={false}
              disabled={operation.matchingKeys.length === 1}
              value={mapping.matching.length === 0 ? null : JSON.stringify(mapping.matching)}
              data={operation.matchingKeys.map((key) => ({
                value: JSON.stringify(key),
                label: key.join(' + '),
              }))}
              onChange={(chosen) => chosen !== null && set({ matching: JSON.parse(chosen) as string[] })}
            />
          )}
        </div>
        <FieldRows
          sourceId={sourceId}
          destinationId={destinationId}
          mapping={mapping}
          operations={known}
          stream={stream}
          onChange={set}
        />
        <Group gap="sm" mih={36}>
          {lack === undefined && stream !== undefined ? (
            <TestRows
              sourceId={sourceId}
              destinationId={destinationId}
              mapping={mapping}
              operations={known}
              stream={stream}
            />
          ) : (
            <Text size="sm" c="dimmed">
              {lack !== undefined && say(`mapping.lack.${lack}`)}
            </Text>
          )}
        </Group>
      </Stack>
      <Modal opened={asked !== undefined} onClose={() => ask(undefined)} title={say('mapping.change')}>
        <Stack>
          <Text>{say('mapping.change.text', { count: mapping.rows.length })}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => asked !== undefined && void choose(asked, false)}>
              {say('mapping.change.reset')}
            </Button>
            <Button data-autofocus onClick={() => asked !== undefined && void choose(asked, true)}>
              {say('mapping.change.carry')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </section>
  );
}
