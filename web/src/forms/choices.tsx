import {
  Button,
  Group,
  MultiSelect,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useSay } from '../i18n/i18n';
import type { ControlProps } from './FieldControl';
import { examplesOf, Label } from './Label';
import { numberOf } from './numbers';
import { idOf, useForm, useValue } from './store';
import { useError } from './texts';

const MANY = 8;

/** A plain value as text. */
function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Values of any kind by the text that stands for them. */
function byText(values: unknown[]): Map<string, unknown> {
  return new Map(values.map((value) => [plain(value), value]));
}

export function SelectControl({ field, path }: ControlProps) {
  const store = useForm();
  const value = useValue(path);
  const error = useError(path);
  const id = idOf(path);
  const values = byText(field.schema.enum ?? []);
  const data = [...values.keys()];
  const shown = value === undefined || value === null ? null : plain(value);
  const choose = (text: string | null) => store.set(path, text === null ? undefined : values.get(text));
  return (
    <Stack gap={4} align={field.control === 'segmented' ? 'flex-start' : 'stretch'}>
      <Label field={field} htmlFor={id} />
      {field.control === 'segmented' && (field.isRequired || field.schema.default !== undefined) ? (
        <SegmentedControl
          id={id}
          size="sm"
          aria-label={field.title}
          value={shown ?? plain(field.schema.default ?? '')}
          onChange={choose}
          data={data}
        />
      ) : (
        <Select
          id={id}
          w="100%"
          value={shown}
          error={error}
          data={data}
          searchable={data.length > MANY}
          clearable={!field.isRequired}
          placeholder={field.schema.default === undefined ? undefined : plain(field.schema.default)}
          aria-required={field.isRequired}
          onChange={choose}
          onBlur={() => store.leave(path)}
        />
      )}
    </Stack>
  );
}

/** Numbers are typed; what cannot be one stays as it was typed, with a complaint. */
export function NumberControl({ field, path }: ControlProps) {
  const store = useForm();
  const value = useValue(path);
  const error = useError(path);
  const [typed, setTyped] = useState<string>();
  const id = idOf(path);
  const { minimum, maximum } = field.schema;
  const range = [minimum === undefined ? '' : `≥ ${minimum}`, maximum === undefined ? '' : `≤ ${maximum}`];
  const ghost = field.schema.default ?? examplesOf(field)[0];
  const isSame = typed !== undefined && numberOf(typed) === value;
  return (
    <Stack gap={4}>
      <Label field={field} htmlFor={id} onExample={(example) => store.set(path, numberOf(String(example)))} />
      <TextInput
        id={id}
        inputMode="decimal"
        value={isSame ? typed : value === undefined || value === null ? '' : plain(value)}
        error={error}
        placeholder={ghost === undefined ? undefined : plain(ghost)}
        aria-required={field.isRequired}
        aria-describedby={`${id}-about`}
        maw={280}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          store.set(path, numberOf(event.currentTarget.value));
        }}
        onBlur={() => store.leave(path)}
      />
      {range.some(Boolean) && (
        <Text size="xs" c="dimmed">
          {range.filter(Boolean).join(' · ')}
        </Text>
      )}
    </Stack>
  );
}

/** On and off; and neither, where nobody has to say. */
export function SwitchControl({ field, path }: ControlProps) {
  const say = useSay();
  const store = useForm();
  const value = useValue(path);
  const id = idOf(path);
  const isUnset = value === undefined;
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap">
      <Switch
        id={id}
        mt={2}
        aria-label={field.title}
        checked={isUnset ? field.schema.default === true : value === true}
        onChange={(event) => store.set(path, event.currentTarget.checked)}
      />
      <Label field={field} htmlFor={id} />
      {!field.isRequired && !isUnset && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => store.set(path, undefined)}>
          {say('form.clear')}
        </Button>
      )}
    </Group>
  );
}

export function TagsControl({ field, path }: ControlProps) {
  const say = useSay();
  const store = useForm();
  const value = useValue(path);
  const error = useError(path);
  const id = idOf(path);
  const isNumber = typeof field.schema.items === 'object' && field.schema.items.type !== 'string';
  const shown = Array.isArray(value) ? value.map(String) : [];
  return (
    <Stack gap={4}>
      <Label field={field} htmlFor={id} />
      <TagsInput
        id={id}
        value={shown}
        error={error}
        splitChars={[',', '\n']}
        allowDuplicates={field.schema.uniqueItems !== true}
        acceptValueOnBlur
        aria-required={field.isRequired}
        onChange={(tags) => {
          const list = isNumber ? tags.map((tag) => numberOf(tag)) : tags;
          store.set(path, list.length === 0 ? undefined : list);
        }}
        onBlur={() => store.leave(path)}
      />
      <Text size="xs" c="dimmed">
        {say('form.tags.help')}
      </Text>
    </Stack>
  );
}

export function MultiSelectControl({ field, path }: ControlProps) {
  const say = useSay();
  const store = useForm();
  const value = useValue(path);
  const error = useError(path);
  const id = idOf(path);
  const { items } = field.schema;
  const values = byText(typeof items === 'object' ? (items.enum ?? []) : []);
  const data = [...values.keys()];
  const shown = Array.isArray(value) ? value.map(String) : [];
  return (
    <Stack gap={4}>
      <Label field={field} htmlFor={id} />
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <MultiSelect
          id={id}
          flex={1}
          value={shown}
          error={error}
          data={data}
          searchable={data.length > MANY}
          clearable
          aria-required={field.isRequired}
          onChange={(list) =>
            store.set(path, list.length === 0 ? undefined : list.map((text) => values.get(text)))
          }
          onBlur={() => store.leave(path)}
        />
        <Button variant="default" onClick={() => store.set(path, [...values.values()])}>
          {say('form.all')}
        </Button>
      </Group>
    </Stack>
  );
}
