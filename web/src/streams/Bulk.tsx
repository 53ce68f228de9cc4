import { Button, Menu, Popover, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import type { CatalogEntry } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import { catalog } from './catalog';
import {
  changeEach,
  FIELD_WORK,
  keyOf,
  meaning,
  MODES,
  obstacle,
  workOnFields,
  type Choice,
  type FieldWork,
  type Wishes,
} from './streams';

/** The same for all streams that are shown and chosen. Each is told to how many it applies before it is done. */
export function Bulk({
  sourceId,
  shown,
  writes,
  wishes,
  onChange,
  onUndo,
}: {
  sourceId: string;
  shown: CatalogEntry[];
  writes: ReadonlySet<string>;
  wishes: Wishes;
  onChange: (wishes: Wishes) => void;
  onUndo: (() => void) | undefined;
}) {
  const say = useSay();
  function apply(change: (stream: CatalogEntry, choice: Choice) => Choice | undefined) {
    const result = changeEach(wishes, shown, change);
    onChange(result.wishes);
    notifications.show({ message: say('streams.bulk.done', { count: result.applied }) });
  }
  const field = (what: 'cursor' | 'key') => (
    <Opened label={say(`streams.bulk.${what}`)} isEmpty={shown.length === 0}>
      {(close) => (
        <ByField
          sourceId={sourceId}
          shown={shown}
          onApply={(has, name) => {
            apply((stream, choice) =>
              !has(stream, name)
                ? undefined
                : what === 'cursor'
                  ? { ...choice, cursor: [name] }
                  : { ...choice, primaryKey: [[name]] },
            );
            close();
          }}
        />
      )}
    </Opened>
  );
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            disabled={shown.length === 0}
            rightSection={<Icon name="chevronDown" size={14} />}
          >
            {say('streams.bulk.mode')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Modes shown={shown} writes={writes} onApply={apply} />
        </Menu.Dropdown>
      </Menu>
      {field('cursor')}
      {field('key')}
      <Opened label={say('streams.bulk.fields')} isEmpty={shown.length === 0}>
        {(close) => (
          <FieldsByPattern
            sourceId={sourceId}
            shown={shown}
            wishes={wishes}
            onApply={(next, applied) => {
              onChange(next);
              notifications.show({ message: say('streams.bulk.done', { count: applied }) });
              close();
            }}
          />
        )}
      </Opened>
      {onUndo !== undefined && (
        <Button size="xs" variant="subtle" onClick={onUndo}>
          {say('action.undo')}
        </Button>
      )}
    </>
  );
}

/** The modes, and to how many of the streams each of them applies. */
function Modes({
  shown,
  writes,
  onApply,
}: {
  shown: CatalogEntry[];
  writes: ReadonlySet<string>;
  onApply: (change: (stream: CatalogEntry, choice: Choice) => Choice | undefined) => void;
}) {
  const say = useSay();
  return MODES.map((mode) => {
    const applied = shown.filter((each) => obstacle(each, mode, writes) === undefined).length;
    return (
      <Menu.Item
        key={mode}
        disabled={applied === 0}
        onClick={() =>
          onApply((stream, choice) =>
            obstacle(stream, mode, writes) === undefined ? { ...choice, mode } : undefined,
          )
        }
      >
        {say(`wizardMode.${mode}`)}
        <Text size="xs" c="dimmed">
          {say('streams.bulk.applies', { applied, all: shown.length, skipped: shown.length - applied })}
        </Text>
      </Menu.Item>
    );
  });
}

/** A button with what it opens. That looks at all fields of all streams, so it is not there until it is asked for. */
function Opened({
  label,
  isEmpty,
  children,
}: {
  label: string;
  isEmpty: boolean;
  children: (close: () => void) => ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} withArrow trapFocus shadow="md" width={340}>
      <Popover.Target>
        <Button size="xs" variant="default" disabled={isEmpty} onClick={() => setOpen(!isOpen)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>{isOpen && children(() => setOpen(false))}</Popover.Dropdown>
    </Popover>
  );
}

function ByField({
  sourceId,
  shown,
  onApply,
}: {
  sourceId: string;
  shown: CatalogEntry[];
  onApply: (has: (stream: CatalogEntry, name: string) => boolean, name: string) => void;
}) {
  const say = useSay();
  const [name, setName] = useState('updated_at');
  const { data } = useQuery(catalog(sourceId, true));
  const names = useMemo(
    () =>
      new Map(
        (data?.streams ?? []).map((each) => [
          keyOf(each),
          new Set((each.fields ?? []).map(([field]) => field)),
        ]),
      ),
    [data],
  );
  const has = (stream: CatalogEntry, field: string) => names.get(keyOf(stream))?.has(field) === true;
  const applied = shown.filter((each) => has(each, name)).length;
  return (
    <Stack gap="xs">
      <TextInput
        label={say('streams.bulk.field')}
        value={name}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Text size="xs" c="dimmed" role="status">
        {data === undefined
          ? say('loading.label')
          : say('streams.bulk.applies', { applied, all: shown.length, skipped: shown.length - applied })}
      </Text>
      <Button size="xs" disabled={applied === 0} onClick={() => onApply(has, name)}>
        {say('streams.bulk.apply')}
      </Button>
    </Stack>
  );
}

/** What is done to all fields whose names are like a pattern. */
function FieldsByPattern({
  sourceId,
  shown,
  wishes,
  onApply,
}: {
  sourceId: string;
  shown: CatalogEntry[];
  wishes: Wishes;
  onApply: (wishes: Wishes, applied: number) => void;
}) {
  const say = useSay();
  const [work, setWork] = useState<FieldWork>('exclude');
  const [pattern, setPattern] = useState('');
  const { data } = useQuery(catalog(sourceId, true));
  const isMeant = meaning(pattern);
  const fields = useMemo(
    () => new Map((data?.streams ?? []).map((each) => [keyOf(each), each.fields])),
    [data],
  );
  const result =
    isMeant === undefined || data === undefined
      ? undefined
      : changeEach(wishes, shown, (stream, choice) => {
          const own = fields.get(keyOf(stream));
          return own === undefined
            ? undefined
            : workOnFields({ ...stream, fields: own }, choice, isMeant, work);
        });
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={say('streams.bulk.fields')}
        value={work}
        data={FIELD_WORK.map((each) => ({ value: each, label: say(`streams.bulk.fields.${each}`) }))}
        onChange={(chosen) => setWork(FIELD_WORK.find((each) => each === chosen) ?? 'exclude')}
      />
      <TextInput
        label={say('streams.bulk.pattern')}
        description={say('streams.bulk.pattern.help')}
        value={pattern}
        data-autofocus
        onChange={(event) => setPattern(event.currentTarget.value)}
      />
      <Text size="xs" c="dimmed" role="status">
        {isMeant === undefined
          ? ''
          : result === undefined
            ? say('loading.label')
            : say('streams.bulk.applies', {
                applied: result.applied,
                all: shown.length,
                skipped: result.skipped,
              })}
      </Text>
      <Button
        size="xs"
        disabled={result === undefined || result.applied === 0}
        onClick={() => {
          if (result !== undefined) {
            onApply(result.wishes, result.applied);
          }
        }}
      >
        {say('streams.bulk.apply')}
      </Button>
    </Stack>
  );
}
