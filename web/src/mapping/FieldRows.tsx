import { Badge, Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CatalogEntry, ObjectOperation } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import { FieldLine } from './FieldLine';
import {
  isFilled,
  newRow,
  offered,
  openSuggestions,
  operationOf,
  progressOf,
  requiredOf,
  withSuggestions,
  type Mapping,
  type Row,
} from './mapping';
import classes from './Mapping.module.css';
import { suggestions } from './queries';

const SHOWN_PAIRS = 6;

/** Which field becomes which. What the object needs stands there by itself and cannot be taken away. */
export function FieldRows({
  sourceId,
  destinationId,
  mapping,
  operations,
  stream,
  onChange,
}: {
  sourceId: string;
  destinationId: string;
  mapping: Mapping;
  operations: ObjectOperation[];
  stream: CatalogEntry | undefined;
  onChange: (next: Partial<Mapping>) => void;
}) {
  const say = useSay();
  const [onlyOpen, showOnlyOpen] = useState(false);
  const operation = operationOf(mapping, operations);
  const required = new Set(requiredOf(mapping, operation));
  const progress = progressOf(mapping, operation);
  const proposed = useQuery(suggestions(destinationId, sourceId, stream, mapping.object, mapping.method));
  const open = openSuggestions(mapping, proposed.data ?? []);
  const fields = offered(mapping, operations);
  const replace = (row: Row) =>
    onChange({ rows: mapping.rows.map((old) => (old.id === row.id ? row : old)) });
  const shown = onlyOpen
    ? mapping.rows.filter((row) => required.has(row.to) && !isFilled(row))
    : mapping.rows;
  return (
    <Stack gap="sm">
      <Group gap="md">
        <Title order={3} size="h4">
          {say('mapping.fields')}
        </Title>
        {operation !== undefined && progress.all > 0 && (
          <>
            <Badge
              variant="light"
              color={progress.left === 0 ? 'green' : 'yellow'}
              leftSection={<Icon name={progress.left === 0 ? 'check' : 'warn'} size={12} />}
              data-progress={`${progress.all - progress.left}/${progress.all}`}
            >
              {say('mapping.progress', { done: progress.all - progress.left, all: progress.all })}
            </Badge>
            <Checkbox
              size="xs"
              label={say('mapping.onlyOpen')}
              checked={onlyOpen}
              onChange={(event) => showOnlyOpen(event.currentTarget.checked)}
            />
          </>
        )}
      </Group>
      {open.length > 0 && (
        <Group gap="sm">
          <Button
            size="xs"
            variant="light"
            leftSection={<Icon name="bolt" size={14} />}
            onClick={() => onChange(withSuggestions(mapping, open))}
          >
            {say('mapping.suggest', { count: open.length })}
          </Button>
          <Text size="sm" c="dimmed" className={classes.pairs}>
            {say('mapping.suggest.text', {
              pairs: open
                .slice(0, SHOWN_PAIRS)
                .map(({ field, to }) => `${field} → ${to}`)
                .join(', '),
            })}
          </Text>
        </Group>
      )}
      <ul className={classes.rows}>
        {shown.map((row) => (
          <FieldLine
            key={row.id}
            row={row}
            mapping={mapping}
            operation={operation}
            fields={fields}
            stream={stream}
            isLocked={required.has(row.to)}
            onChange={replace}
            onRemove={() => onChange({ rows: mapping.rows.filter((old) => old.id !== row.id) })}
          />
        ))}
      </ul>
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        leftSection={<Icon name="plus" size={14} />}
        onClick={() => onChange({ rows: [...mapping.rows, newRow()] })}
      >
        {say('mapping.row.add')}
      </Button>
    </Stack>
  );
}
