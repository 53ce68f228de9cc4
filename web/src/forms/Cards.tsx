import { ActionIcon, Button, Collapse, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import { FieldControl, type ControlProps } from './FieldControl';
import { Label } from './Label';
import { section, type Field } from './plan';
import { FieldList } from './SpecForm';
import { idOf, useForm, useValue } from './store';
import { useError } from './texts';
import { initialValue, isValues } from './values';

const SHOWN = 3;

/** A list of things that each have several values: a card for each, folded to a line. */
export function Cards({ field, path }: ControlProps) {
  const say = useSay();
  const store = useForm();
  const value = useValue(path);
  const error = useError(path);
  const [open, setOpen] = useState<number | null>(null);
  const { item } = field;
  const entries: unknown[] = Array.isArray(value) ? value : [];
  if (item === null) {
    return null;
  }
  const write = (list: unknown[]) =>
    store.set(path, list.length === 0 && !field.isRequired ? undefined : list);
  function move(from: number, to: number) {
    const list = [...entries];
    const [moved] = list.splice(from, 1);
    list.splice(to, 0, moved);
    write(list);
    setOpen(null);
  }
  return (
    <Stack gap={6} id={idOf(path)} tabIndex={-1}>
      <Label field={field} />
      {entries.map((entry, index) => {
        const number = index + 1;
        return (
          <Paper withBorder p="xs" key={index}>
            <Group gap={2} wrap="nowrap">
              <UnstyledButton
                flex={1}
                miw={0}
                aria-expanded={open === index}
                onClick={() => setOpen(open === index ? null : index)}
              >
                <Group gap="xs" wrap="nowrap">
                  <Icon name={open === index ? 'chevronDown' : 'chevronRight'} />
                  <Text size="sm" truncate>
                    {summary(entry, item) || `${say('form.entry', { number })} (${say('form.entry.empty')})`}
                  </Text>
                </Group>
              </UnstyledButton>
              <ActionIcon
                disabled={index === 0}
                aria-label={say('form.up.entry', { number })}
                onClick={() => move(index, index - 1)}
              >
                <Icon name="chevronUp" />
              </ActionIcon>
              <ActionIcon
                disabled={index === entries.length - 1}
                aria-label={say('form.down.entry', { number })}
                onClick={() => move(index, index + 1)}
              >
                <Icon name="chevronDown" />
              </ActionIcon>
              <ActionIcon
                disabled={entries.length >= (field.schema.maxItems ?? Infinity)}
                aria-label={say('form.copy.entry', { number })}
                onClick={() => write([...entries, structuredClone(entry)])}
              >
                <Icon name="copy" />
              </ActionIcon>
              <ActionIcon
                aria-label={say('form.remove.entry', { number })}
                onClick={() => {
                  write(entries.filter((_, at) => at !== index));
                  setOpen(null);
                }}
              >
                <Icon name="trash" />
              </ActionIcon>
            </Group>
            <Collapse expanded={open === index} transitionDuration={120}>
              <div style={{ paddingTop: 12 }}>
                <Entry item={item} path={[...path, String(index)]} />
              </div>
            </Collapse>
          </Paper>
        );
      })}
      {error && (
        <Text size="xs" c="var(--sl-error)">
          {error}
        </Text>
      )}
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        leftSection={<Icon name="plus" size={14} />}
        disabled={entries.length >= (field.schema.maxItems ?? Infinity)}
        onClick={() => {
          write([...entries, initialValue(item) ?? {}]);
          setOpen(entries.length);
        }}
      >
        {say('form.add.entry', { field: field.title })}
      </Button>
    </Stack>
  );
}

function Entry({ item, path }: { item: Field; path: string[] }) {
  if (item.control !== 'object') {
    return <FieldControl field={item} path={path} />;
  }
  const { required, optional } = section('', undefined, item.fields);
  return <FieldList required={required} optional={optional} path={path} />;
}

/** The first plain values of an entry; of secrets only that there is one. */
function summary(entry: unknown, item: Field): string {
  if (!isValues(entry)) {
    return '';
  }
  const secret = new Set(
    item.fields.filter((field) => field.schema.airbyte_secret === true).map((field) => field.key),
  );
  return Object.entries(entry)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value) && value !== '')
    .slice(0, SHOWN)
    .map(([key, value]) => (secret.has(key) ? '••••' : String(value)))
    .join(' · ');
}
