import {
  ActionIcon,
  Button,
  FileButton,
  Group,
  PasswordInput,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useRef, useState } from 'react';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import type { ControlProps } from './FieldControl';
import { examplesOf, Label } from './Label';
import classes from './forms.module.css';
import { idOf, useComplaint, useForm, useValue } from './store';
import { matches } from './validate';
import { MASK } from './values';

const LARGEST_FILE = 1024 * 1024;

export function useError(path: string[]): string | undefined {
  const say = useSay();
  const complaint = useComplaint(path);
  return complaint === undefined ? undefined : say(complaint.id, complaint.values);
}

function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : value === undefined || value === null
      ? ''
      : JSON.stringify(value);
}

export function TextControl({ field, path }: ControlProps) {
  const say = useSay();
  const store = useForm();
  const value = textOf(useValue(path));
  const error = useError(path);
  const id = idOf(path);
  const { schema } = field;
  const ghost = schema.default ?? examplesOf(field)[0];
  const most = schema.maxLength;
  const isAlmostFull = most !== undefined && value.length > most * 0.8;
  const isFitting =
    schema.pattern === undefined || value === '' ? undefined : matches(schema.pattern, value.trim());
  const common = {
    id,
    value,
    error,
    placeholder: ghost === undefined || ghost === '' ? undefined : textOf(ghost),
    'aria-required': field.isRequired,
    'aria-describedby': `${id}-about`,
    onChange: (event: { currentTarget: { value: string } }) => store.set(path, event.currentTarget.value),
    onBlur: () => {
      const trimmed = value.trim();
      if (trimmed !== value) {
        store.set(path, trimmed === '' ? undefined : trimmed);
      }
      store.leave(path);
    },
  };
  return (
    <Stack gap={4}>
      <Label field={field} htmlFor={id} onExample={(example) => store.set(path, textOf(example))} />
      {field.control === 'textarea' ? (
        <>
          <Textarea
            {...common}
            autosize
            minRows={3}
            maxRows={16}
            classNames={{ input: classes.mono ?? '' }}
          />
          <Upload onText={(text) => store.set(path, text)} />
        </>
      ) : (
        <TextInput
          {...common}
          rightSection={isFitting === undefined ? null : <Icon name={isFitting ? 'check' : 'warn'} />}
        />
      )}
      {schema.pattern_descriptor && error === undefined && (
        <Text size="xs" c="dimmed">
          {schema.pattern_descriptor}
        </Text>
      )}
      {isAlmostFull && (
        <Text size="xs" c="dimmed" ta="right">
          {say('form.count', { count: value.length, most })}
        </Text>
      )}
    </Stack>
  );
}

function Upload({ onText }: { onText: (text: string) => void }) {
  const say = useSay();
  const [told, tell] = useState<string>();
  async function take(file: File | null) {
    if (file !== null && file.size <= LARGEST_FILE) {
      const text = await file.text();
      onText(text);
      tell(say('form.uploaded', { name: file.name, count: text.length }));
    }
  }
  return (
    <Group gap="xs">
      <FileButton onChange={(file) => void take(file)}>
        {(props) => (
          <Button {...props} variant="default" size="xs" leftSection={<Icon name="upload" size={14} />}>
            {say('form.upload')}
          </Button>
        )}
      </FileButton>
      {told && (
        <Text size="xs" c="dimmed" role="status">
          {told}
        </Text>
      )}
    </Group>
  );
}

/** A secret: what is kept is never seen, only replaced. What is typed now can be looked at. */
export function SecretControl({ field, path }: ControlProps) {
  const say = useSay();
  const store = useForm();
  const value = textOf(useValue(path));
  const [isKept] = useState(value === MASK);
  const error = useError(path);
  const id = idOf(path);
  if (value === MASK && isKept) {
    return (
      <Stack gap={4}>
        <Label field={field} />
        <Group gap="xs" className={classes.kept}>
          <Icon name="lock" />
          <Text size="sm" c={error === undefined ? 'dimmed' : 'var(--sl-error)'}>
            {error ?? say('form.secret.set')}
          </Text>
          <Button id={id} size="xs" variant="default" onClick={() => store.set(path, '')}>
            {say('form.secret.replace')}
          </Button>
          {!field.isRequired && (
            <Button size="xs" variant="subtle" color="red" onClick={() => store.set(path, undefined)}>
              {say('form.secret.remove')}
            </Button>
          )}
        </Group>
      </Stack>
    );
  }
  const isText = field.control === 'passwordText';
  const common = {
    id,
    value,
    error,
    'aria-required': field.isRequired,
    'aria-describedby': `${id}-about`,
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) =>
      store.set(
        path,
        isText ? event.currentTarget.value : event.currentTarget.value.replaceAll(/[\r\n]/g, ''),
      ),
    onBlur: () => store.leave(path),
  };
  return (
    <Stack gap={4}>
      <Label field={field} htmlFor={id} />
      {isText ? (
        <>
          <Textarea
            {...common}
            autosize
            minRows={3}
            maxRows={16}
            autoComplete="off"
            classNames={{ input: classes.dots ?? '' }}
          />
          <Upload onText={(text) => store.set(path, text)} />
        </>
      ) : (
        <PasswordInput {...common} autoComplete="new-password" />
      )}
      <Group gap="xs">
        <Text size="xs" c="dimmed">
          {say('form.secret.reference')}
        </Text>
        {isKept && (
          <Button size="compact-xs" variant="subtle" onClick={() => store.set(path, MASK)}>
            {say('form.secret.keep')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** A date or a time, typed as the connector wants it or picked; what is picked is written in that way. */
export function DateControl({ field, path }: ControlProps) {
  const say = useSay();
  const store = useForm();
  const value = textOf(useValue(path));
  const error = useError(path);
  const id = idOf(path);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <Stack gap={4}>
      <Label field={field} htmlFor={id} onExample={(example) => store.set(path, textOf(example))} />
      <TextInput
        id={id}
        value={value}
        error={error}
        placeholder={textOf(
          field.schema.default ??
            examplesOf(field)[0] ??
            (field.control === 'date' ? 'YYYY-MM-DD' : 'YYYY-MM-DDTHH:MM:SSZ'),
        )}
        aria-required={field.isRequired}
        aria-describedby={`${id}-about`}
        onChange={(event) => store.set(path, event.currentTarget.value)}
        onBlur={() => store.leave(path)}
        rightSection={
          <ActionIcon aria-label={say('form.pickDate')} onClick={() => picker.current?.showPicker()}>
            <Icon name="clock" />
          </ActionIcon>
        }
      />
      <input
        ref={picker}
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        className={classes.picker}
        onChange={(event) =>
          store.set(
            path,
            dated(event.currentTarget.value, field.control === 'datetime', field.schema.pattern),
          )
        }
      />
      {field.schema.pattern_descriptor && (
        <Text size="xs" c="dimmed">
          {field.schema.pattern_descriptor}
        </Text>
      )}
    </Stack>
  );
}

const WAYS = [
  (day: string) => `${day}T00:00:00Z`,
  (day: string) => `${day}T00:00:00.000Z`,
  (day: string) => `${day}T00:00:00.000000Z`,
  (day: string) => `${day}T00:00:00`,
  (day: string) => `${day} 00:00:00`,
  (day: string) => day,
  (day: string) => day.slice(0, 7),
];

/** A day in the first way of writing that the pattern of a field takes. */
export function dated(day: string, isTime: boolean, pattern: string | undefined): string {
  const plain = isTime ? `${day}T00:00:00Z` : day;
  if (pattern === undefined || matches(pattern, plain)) {
    return plain;
  }
  return WAYS.map((way) => way(day)).find((text) => matches(pattern, text)) ?? plain;
}
