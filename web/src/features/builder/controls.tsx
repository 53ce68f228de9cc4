import {
  ActionIcon,
  Button,
  Group,
  Menu,
  NumberInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { parse, stringify } from 'yaml';
import { isRecord } from '../../builder/emit';
import type { Field } from '../../builder/catalogue';
import { chooseGrant, inputsOf } from '../../builder/inputs';
import type { Way } from '../../builder/source';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { useDesk } from './desk';
import { fieldHint, fieldWord, optionWord } from './words';
import classes from './Builder.module.css';

export interface ControlProps {
  way: Way;
  field: Field;
}

/** The id of a part's control in the page. */
export function idOfWay(way: Way): string {
  return `part:/${way.join('/')}`;
}

export function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : ['number', 'boolean'].includes(typeof value)
      ? String(value)
      : '';
}

/** What all controls have: a name, a hint, what is wrong. */
export function useControl({ way, field }: ControlProps) {
  const say = useSay();
  const desk = useDesk();
  const place = desk.manifest.get(way);
  const issues = desk.issuesAt(way);
  return {
    say,
    desk,
    place,
    label: fieldWord(say, field.key),
    common: {
      id: idOfWay(way),
      label: fieldWord(say, field.key),
      description: place.isGiven ? say('builder.given') : fieldHint(say, field.key),
      required: field.isRequired === true,
      disabled: desk.isReadOnly,
      error: issues.length > 0 ? issues.map((each) => each.message).join(' ') : undefined,
    },
  };
}

/** Text that is being typed, and is taken over when one stops or leaves. */
export function useDraft(value: string, take: (text: string) => void) {
  const desk = useDesk();
  const [draft, setDraft] = useState<string>();
  const last = useRef<{ text: string | undefined; take: (text: string) => void }>({ text: undefined, take });
  useEffect(() => {
    last.current.take = take;
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const commit = () => {
    clearTimeout(timer.current);
    const { text, take: taking } = last.current;
    if (text !== undefined) {
      last.current.text = undefined;
      setDraft(undefined);
      taking(text);
    }
  };
  const committing = useRef(commit);
  useEffect(() => {
    committing.current = commit;
  });
  useEffect(() => {
    const forget = desk.draft(() => committing.current());
    return () => {
      forget();
      committing.current();
    };
  }, [desk]);
  return {
    text: draft ?? value,
    type: (text: string) => {
      last.current.text = text;
      setDraft(text);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => committing.current(), 500);
    },
    commit,
  };
}

/** A number where it is one: people write `100`, and the manifest has the number. */
export function typedValue(text: string, before: unknown): unknown {
  return /^-?\d{1,15}$/.test(text) && typeof before !== 'string' ? Number(text) : text;
}

export function TemplateControl({ way, field }: ControlProps) {
  const { common, desk, place, say } = useControl({ way, field });
  const isNumber = typeof field.initial === 'number' || ['page_size', 'max_retries'].includes(field.key);
  const input = useRef<HTMLInputElement>(null);
  const [isOpen, open] = useState(false);
  const { text, type, commit } = useDraft(textOf(place.value), (next) =>
    desk.set(
      way,
      next === '' && field.isRequired !== true
        ? undefined
        : isNumber
          ? typedValue(next, place.value === '' ? undefined : place.value)
          : next,
    ),
  );
  const insert = (word: string) => {
    const at = input.current?.selectionStart ?? text.length;
    const before = text.slice(0, at).replace(/\{\{\s*$/, '');
    type(`${before}{{ ${word} }}${text.slice(at).replace(/^\s*\}\}/, '')}`);
    input.current?.focus();
  };
  return (
    <TextInput
      {...common}
      ref={input}
      value={text}
      placeholder={textOf(field.initial)}
      spellCheck={false}
      autoComplete="off"
      classNames={{ input: classes.mono ?? '' }}
      onChange={(event) => {
        const next = event.currentTarget.value;
        type(next);
        if (next.endsWith('{{')) {
          open(true);
        }
      }}
      onBlur={commit}
      rightSection={
        field.kind === 'template' && (
          <Menu opened={isOpen} onChange={open} position="bottom-end">
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                disabled={desk.isReadOnly}
                aria-label={say('builder.insert', { field: fieldWord(say, field.key) })}
              >
                <span aria-hidden="true" className={classes.braces}>
                  {'{}'}
                </span>
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown className={classes.insert ?? ''}>
              <Insertable onInsert={insert} />
            </Menu.Dropdown>
          </Menu>
        )
      }
    />
  );
}

const VALUES = [
  'next_page_token["next_page_token"]',
  'stream_interval["start_time"]',
  'stream_interval["end_time"]',
  'stream_partition["id"]',
  'response["next"]',
  'headers["link"]["next"]["url"]',
  'last_record["id"]',
  'last_page_size',
  'record["id"]',
] as const;
const HELPERS = [
  'now_utc().strftime("%Y-%m-%dT%H:%M:%SZ")',
  'day_delta(-1)',
  'timestamp(record["at"])',
  'format_datetime(config["start_date"], "%Y-%m-%d")',
  '"text" | base64encode',
  '"text" | hash("sha256")',
] as const;

function Insertable({ onInsert }: { onInsert: (word: string) => void }) {
  const say = useSay();
  const { manifest } = useDesk();
  const item = (word: string) => (
    <Menu.Item key={word} onClick={() => onInsert(word)} className={classes.mono ?? ''}>
      {word}
    </Menu.Item>
  );
  return (
    <>
      <Menu.Label>{say('builder.insert.inputs')}</Menu.Label>
      {inputsOf(manifest).map(({ id }) => item(`config["${id}"]`))}
      <Menu.Label>{say('builder.insert.values')}</Menu.Label>
      {VALUES.map(item)}
      <Menu.Label>{say('builder.insert.helpers')}</Menu.Label>
      {HELPERS.map(item)}
    </>
  );
}

export function LongControl(props: ControlProps) {
  const { common, desk, place } = useControl(props);
  const { text, type, commit } = useDraft(textOf(place.value), (next) => desk.set(props.way, next));
  return (
    <Textarea
      {...common}
      autosize
      minRows={3}
      maxRows={20}
      value={text}
      spellCheck={false}
      classNames={{ input: classes.mono ?? '' }}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={commit}
    />
  );
}

export function NumberControl({ way, field }: ControlProps) {
  const { common, desk, place } = useControl({ way, field });
  const isTemplate = typeof place.value === 'string' && place.value.includes('{{');
  if (isTemplate) {
    return <TemplateControl way={way} field={{ ...field, kind: 'template' }} />;
  }
  return (
    <NumberInput
      {...common}
      value={typeof place.value === 'number' || typeof place.value === 'string' ? place.value : ''}
      placeholder={textOf(field.initial)}
      allowDecimal={field.kind === 'number'}
      onChange={(value) => desk.set(way, value === '' ? undefined : Number(value))}
    />
  );
}

export function FlagControl({ way, field }: ControlProps) {
  const { common, desk, place } = useControl({ way, field });
  return (
    <Switch
      {...common}
      required={false}
      checked={place.value === undefined ? field.initial === true : place.value === true}
      onChange={(event) => {
        const { checked } = event.currentTarget;
        desk.set(way, checked === (field.initial === true) && !place.isGiven ? undefined : checked);
      }}
    />
  );
}

export function ChoiceControl({ way, field }: ControlProps) {
  const { common, desk, place, say } = useControl({ way, field });
  return (
    <Select
      {...common}
      data={(field.options ?? []).map((value) => ({ value, label: optionWord(say, value) }))}
      value={typeof place.value === 'string' ? place.value : null}
      placeholder={optionWord(say, textOf(field.initial ?? field.options?.[0]))}
      clearable={field.isRequired !== true}
      allowDeselect={false}
      searchable={(field.options ?? []).length > 8}
      onChange={(value) =>
        field.key === 'grant_type'
          ? desk.change(way, (manifest, scope) => chooseGrant(manifest, way, value ?? undefined, scope))
          : desk.set(way, value ?? undefined)
      }
    />
  );
}

/** A list of texts: values, steps into a record, codes. */
export function TextsControl({ way, field }: ControlProps) {
  const { common, desk, place, say } = useControl({ way, field });
  const items = Array.isArray(place.value) ? place.value.map(String) : [];
  if (field.orText === true && typeof place.value === 'string') {
    return <TemplateControl way={way} field={{ ...field, kind: 'template' }} />;
  }
  const isPath = field.kind === 'path';
  const codes = (texts: string[]) => texts.filter((text) => /^\d{3}$/.test(text)).map(Number);
  return (
    <TagsInput
      {...common}
      value={items}
      placeholder={
        items.length > 0 || desk.isReadOnly ? '' : say(isPath ? 'builder.path.none' : 'builder.list.add')
      }
      splitChars={isPath ? ['.', '/'] : [',']}
      allowDuplicates={isPath}
      acceptValueOnBlur
      onChange={(texts) =>
        desk.set(
          way,
          texts.length === 0 && field.isRequired !== true
            ? undefined
            : field.kind === 'codes'
              ? codes(texts)
              : texts,
        )
      }
    />
  );
}

/** Several paths, one a line, steps with dots between. */
export function PathsControl({ way, field }: ControlProps) {
  const { common, desk, place, say } = useControl({ way, field });
  const isKey = field.kind === 'key';
  const value = place.value;
  const paths: string[] =
    typeof value === 'string'
      ? [value]
      : Array.isArray(value)
        ? value.map((each: unknown) => (Array.isArray(each) ? each.join('.') : String(each)))
        : [];
  function made(texts: string[]): unknown {
    if (texts.length === 0 && field.isRequired !== true) {
      return undefined;
    }
    if (isKey) {
      return texts.length === 1 && !Array.isArray(value) ? texts[0] : texts;
    }
    return texts.map((text) => text.split('.'));
  }
  return (
    <TagsInput
      {...common}
      value={paths}
      placeholder={paths.length > 0 ? '' : say(isKey ? 'builder.key.none' : 'builder.list.add')}
      splitChars={[',']}
      acceptValueOnBlur
      onChange={(texts) => desk.set(way, made(texts))}
    />
  );
}

export function PairsControl({ way, field }: ControlProps) {
  const { common, desk, place, say } = useControl({ way, field });
  const entries = isRecord(place.value) ? Object.entries(place.value) : [];
  const rename = (from: string, to: string) => {
    const next = Object.fromEntries(entries.map(([key, value]) => [key === from ? to : key, value]));
    desk.set(way, next);
  };
  const free = () => {
    for (let number = 1; ; number++) {
      const name = number === 1 ? 'name' : `name_${number}`;
      if (!entries.some(([key]) => key === name)) {
        return name;
      }
    }
  };
  return (
    <Part label={common.label} hint={common.description} error={common.error} id={common.id}>
      {entries.map(([key, value]) => (
        <Group key={key} gap="xs" wrap="nowrap" align="flex-start">
          <PairKey name={key} field={common.label} onRename={(next) => rename(key, next)} />
          <div className={classes.grow}>
            <PairValue way={[...way, key]} value={value} label={say('builder.pair.value', { name: key })} />
          </div>
          <ActionIcon
            mt={4}
            disabled={desk.isReadOnly}
            aria-label={say('builder.pair.remove', { name: key, field: common.label })}
            onClick={() =>
              desk.set(
                entries.length === 1 ? way : [...way, key],
                entries.length === 1 && field.isRequired === true ? {} : undefined,
              )
            }
          >
            <Icon name="trash" />
          </ActionIcon>
        </Group>
      ))}
      <AddButton
        label={say('builder.pair.add', { field: common.label })}
        onClick={() => desk.set([...way, free()], '')}
      />
    </Part>
  );
}

function PairKey({
  name,
  field,
  onRename,
}: {
  name: string;
  field: string;
  onRename: (next: string) => void;
}) {
  const say = useSay();
  const desk = useDesk();
  const { text, type, commit } = useDraft(name, (next) => {
    if (next !== '' && next !== name) {
      onRename(next);
    }
  });
  return (
    <TextInput
      aria-label={say('builder.pair.name', { field })}
      value={text}
      disabled={desk.isReadOnly}
      spellCheck={false}
      className={classes.grow}
      classNames={{ input: classes.mono ?? '' }}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={commit}
    />
  );
}

function PairValue({ way, value, label }: { way: Way; value: unknown; label: string }) {
  const desk = useDesk();
  const { text, type, commit } = useDraft(textOf(value), (next) => desk.set(way, next));
  return (
    <TextInput
      id={idOfWay(way)}
      aria-label={label}
      value={text}
      disabled={desk.isReadOnly}
      spellCheck={false}
      classNames={{ input: classes.mono ?? '' }}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={commit}
    />
  );
}

/** Any value, as YAML. */
export function ValueControl(props: ControlProps) {
  const { common, desk, place, say } = useControl(props);
  const [wrong, setWrong] = useState<string>();
  const start = place.value === undefined ? '' : stringify(place.value, { version: '1.1', lineWidth: 0 });
  const { text, type, commit } = useDraft(start, (next) => {
    try {
      const value: unknown = next.trim() === '' ? undefined : parse(next, { version: '1.1' });
      setWrong(undefined);
      desk.set(props.way, value);
    } catch (failure) {
      setWrong(failure instanceof Error ? (failure.message.split('\n')[0] ?? '') : String(failure));
    }
  });
  return (
    <Textarea
      {...common}
      description={common.description ?? say('builder.value.hint')}
      error={wrong ?? common.error}
      autosize
      minRows={2}
      maxRows={24}
      spellCheck={false}
      value={text}
      classNames={{ input: classes.mono ?? '' }}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={commit}
    />
  );
}

/** Several controls that have a name together. */
export function Part({
  label,
  hint,
  error,
  id,
  side,
  children,
}: {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  id?: string;
  side?: ReactNode;
  children: ReactNode;
}) {
  const name = useId();
  return (
    <Stack gap={6} role="group" aria-labelledby={name} id={id} tabIndex={-1} className={classes.part}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text id={name} size="sm" fw={500}>
          {label}
        </Text>
        {side}
      </Group>
      {hint !== undefined && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      {children}
      {error !== undefined && (
        <Text size="xs" c="var(--sl-error)">
          {error}
        </Text>
      )}
    </Stack>
  );
}

export function AddButton({ label, onClick }: { label: string; onClick: () => void }) {
  const desk = useDesk();
  return (
    <Button
      variant="default"
      size="xs"
      w="fit-content"
      maw="100%"
      // A long name of a field takes a second line.
      h="auto"
      mih={30}
      styles={{ label: { whiteSpace: 'normal', textAlign: 'left' } }}
      disabled={desk.isReadOnly}
      leftSection={<Icon name="plus" size={14} />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
