import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import type { ControlProps } from './FieldControl';
import { Label } from './Label';
import { numberOf } from './numbers';
import { idOf, useForm, useValue } from './store';
import { isValues } from './values';

/** Names with values, as many as one likes. */
export function KeyValue({ field, path }: ControlProps) {
  const say = useSay();
  const store = useForm();
  const value = useValue(path);
  const more = field.schema.additionalProperties;
  const isNumber = typeof more === 'object' && more.type !== 'string';
  // A name that is being typed may be the same as another one for a moment, so the rows are kept as rows.
  const [rows, setRows] = useState<[string, string][]>(() =>
    isValues(value) ? Object.entries(value).map(([key, each]) => [key, String(each)]) : [],
  );
  function write(next: [string, string][]) {
    setRows(next);
    const named = next.filter(([key]) => key !== '');
    const values = Object.fromEntries(named.map(([key, text]) => [key, isNumber ? numberOf(text) : text]));
    store.set(path, named.length === 0 ? undefined : values);
  }
  const change = (at: number, row: [string, string]) =>
    write(rows.map((each, index) => (index === at ? row : each)));
  return (
    <Stack gap={6} id={idOf(path)} tabIndex={-1}>
      <Label field={field} />
      {rows.map(([key, text], index) => (
        <Group key={index} gap="xs" wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={say('form.key')}
            placeholder={say('form.key')}
            value={key}
            onChange={(event) => change(index, [event.currentTarget.value, text])}
          />
          <TextInput
            flex={2}
            aria-label={say('form.value')}
            placeholder={say('form.value')}
            value={text}
            onChange={(event) => change(index, [key, event.currentTarget.value])}
          />
          <ActionIcon
            aria-label={say('form.remove.entry', { number: index + 1 })}
            onClick={() => write(rows.filter((_, at) => at !== index))}
          >
            <Icon name="trash" />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        leftSection={<Icon name="plus" size={14} />}
        onClick={() => setRows([...rows, ['', '']])}
      >
        {say('form.add.entry', { field: field.title })}
      </Button>
    </Stack>
  );
}
