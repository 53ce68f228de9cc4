import { Button, MultiSelect, Popover, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CatalogEntry } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { Icon, type IconName } from '../ui/icons';
import { fieldsOf } from './catalog';
import { FilterButton } from './RowFilter';
import { backToGrid, RowButton } from './RowButton';
import { RowCheck } from './RowCheck';
import { SampleButton } from './SampleRows';
import { filterOf, withFilter } from './shaping';
import {
  cursorQuality,
  isDeduped,
  isIncremental,
  keyOf,
  labelOf,
  MODES,
  obstacle,
  proposal,
  targetOf,
  type Choice,
  type IssueKind,
  type Naming,
  type Wishes,
} from './streams';
import classes from './Streams.module.css';

export interface RowProps {
  sourceId: string;
  stream: CatalogEntry;
  writes: ReadonlySet<string>;
  wishes: Wishes;
  found: ReadonlyMap<string, IssueKind>;
  naming: Naming;
  isOpen: boolean;
  onToggle: () => void;
  onOpen: (isOpen: boolean) => void;
  onSet: (stream: CatalogEntry, choice: Choice) => void;
}

/** A stream: whether it comes along, in which mode, by which key and cursor, and to where. */
export function StreamRow({
  stream,
  writes,
  wishes,
  found,
  naming,
  isOpen,
  sourceId,
  onToggle,
  onOpen,
  onSet,
}: RowProps) {
  const say = useSay();
  const label = labelOf(stream);
  const choice = wishes.chosen[keyOf(stream)];
  const issue = found.get(keyOf(stream));
  const target = targetOf(stream, choice, naming);
  const set = (next: Partial<Choice>) => choice && onSet(stream, { ...choice, ...next, isCustom: true });
  const wanted =
    choice === undefined || choice.isCustom === true
      ? undefined
      : proposal(stream, wishes.intent, wishes.way, writes).wouldNeed;
  /** Names what a better mode lacked, and so takes that mode; one that somebody chose stays. */
  const complete = (next: Pick<Choice, 'primaryKey' | 'cursor'>) => {
    const told: CatalogEntry = {
      ...stream,
      primaryKey: next.primaryKey ?? stream.primaryKey,
      ...(next.cursor === undefined ? {} : { cursor: next.cursor }),
    };
    set(
      wanted === undefined ? next : { ...next, mode: proposal(told, wishes.intent, wishes.way, writes).mode },
    );
  };
  const isFiltered = filterOf(choice?.mappers ?? []) !== undefined;
  const filter = choice !== undefined && (
    <FilterButton
      sourceId={sourceId}
      stream={stream}
      value={filterOf(choice.mappers ?? [])}
      onSet={(value) => set({ mappers: withFilter(choice.mappers ?? [], value) })}
    />
  );
  return (
    <>
      <span role="gridcell">
        <RowCheck
          label={say('streams.select.of', { stream: label })}
          isChecked={choice !== undefined}
          onChange={onToggle}
        />
      </span>
      <span role="gridcell" className={classes.name} title={label}>
        <RowButton
          label={say('streams.expand.of', { stream: label })}
          icon={isOpen ? 'chevronDown' : 'chevronRight'}
          onClick={() => onOpen(!isOpen)}
        />
        <span className={classes.word}>{stream.name}</span>
        {issue !== undefined && (
          <Mark
            className={classes.issue}
            icon="octagon"
            text={say(`streams.issue.${issue}`, { stream: stream.name, target })}
          />
        )}
        {issue === undefined && choice !== undefined && choice.isCustom !== true && (
          <Fallback stream={stream} wishes={wishes} writes={writes} />
        )}
        {isFiltered && <span className={classes.marked}>{filter}</span>}
        <span className={classes.asides}>
          <SampleButton sourceId={sourceId} stream={stream} />
          {!isFiltered && filter}
        </span>
      </span>
      <span role="gridcell">
        {choice === undefined ? null : (
          <select
            className={classes.mode}
            tabIndex={-1}
            data-press="mode"
            aria-label={say('streams.mode.of', { stream: label })}
            value={choice.mode}
            onChange={(event) =>
              set({ mode: MODES.find((each) => each === event.currentTarget.value) ?? choice.mode })
            }
          >
            {MODES.map((mode) => {
              const why = obstacle(stream, mode, writes);
              return (
                <option key={mode} value={mode} disabled={why !== undefined}>
                  {say(`wizardMode.${mode}`)}
                  {why === undefined ? '' : ` (${say(`wizardMode.not.${why}`)})`}
                </option>
              );
            })}
          </select>
        )}
      </span>
      <span role="gridcell">
        {choice !== undefined && (
          <KeyCell
            stream={stream}
            choice={choice}
            sourceId={sourceId}
            isWanted={wanted === 'key'}
            onSet={complete}
          />
        )}
      </span>
      <span role="gridcell">
        {choice !== undefined && (
          <CursorCell
            stream={stream}
            choice={choice}
            sourceId={sourceId}
            isWanted={wanted === 'cursor'}
            onSet={complete}
          />
        )}
      </span>
      <span role="gridcell">
        {say('streams.ofCount', {
          count: choice?.fields?.length ?? stream.fieldCount,
          all: stream.fieldCount,
        })}
      </span>
      <span role="gridcell" title={target}>
        {choice !== undefined && <TargetCell stream={stream} choice={choice} target={target} onSet={set} />}
      </span>
    </>
  );
}

/** That a better mode would take a key or a cursor, which nobody has named. */
function Fallback({ stream, wishes, writes }: Pick<RowProps, 'stream' | 'wishes' | 'writes'>) {
  const say = useSay();
  const { wouldNeed } = proposal(stream, wishes.intent, wishes.way, writes);
  if (wouldNeed === undefined) {
    return null;
  }
  return <Mark className={classes.note} icon="info" text={say(`streams.wouldNeed.${wouldNeed}`)} />;
}

function Mark({ text, icon, className }: { text: string; icon: IconName; className: string | undefined }) {
  return (
    <span className={className} role="img" aria-label={text} title={text}>
      <Icon name={icon} size={14} />
    </span>
  );
}

interface CellProps {
  stream: CatalogEntry;
  choice: Choice;
  sourceId: string;
  onSet: (next: Partial<Choice>) => void;
}

/** A word that opens what it is changed with; what that asks of the server, it asks then. */
function Opening({
  text,
  label,
  isMissing,
  part,
  children,
}: {
  text: string;
  part: 'key' | 'cursor' | 'target';
  label: string;
  isMissing: boolean;
  children: (close: () => void) => ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen) {
      backToGrid(button.current);
    }
    wasOpen.current = isOpen;
  }, [isOpen]);
  const opener = (
    <button
      ref={button}
      type="button"
      tabIndex={-1}
      className={classes.link}
      data-press={part}
      data-missing={isMissing || undefined}
      aria-label={`${label}: ${text}`}
      aria-haspopup="dialog"
      onClick={() => setOpen(!isOpen)}
    >
      {text}
    </button>
  );
  return isOpen ? (
    <Popover opened onChange={setOpen} withArrow trapFocus shadow="md" width={300}>
      <Popover.Target>{opener}</Popover.Target>
      <Popover.Dropdown>{children(() => setOpen(false))}</Popover.Dropdown>
    </Popover>
  ) : (
    opener
  );
}

/** Somebody may choose; where a better mode only lacks this, they are asked to. */
type Wanting = CellProps & { isWanted: boolean };

function KeyCell({ stream, choice, sourceId, isWanted, onSet }: Wanting) {
  const say = useSay();
  const key = (choice.primaryKey ?? stream.primaryKey).map((path) => path.join('.'));
  if (!isDeduped(choice.mode) && key.length === 0 && !isWanted) {
    return <>{say('streams.notNeeded')}</>;
  }
  const label = say('streams.key.of', { stream: labelOf(stream) });
  return (
    <Opening
      label={label}
      part="key"
      text={key.length === 0 ? say('streams.key.choose') : key.join(', ')}
      isMissing={key.length === 0 && isDeduped(choice.mode)}
    >
      {() => <KeyPicker label={label} value={key} stream={stream} sourceId={sourceId} onSet={onSet} />}
    </Opening>
  );
}

function KeyPicker({
  label,
  value,
  stream,
  sourceId,
  onSet,
}: {
  label: string;
  value: string[];
  stream: CatalogEntry;
  sourceId: string;
  onSet: CellProps['onSet'];
}) {
  const { data } = useQuery(fieldsOf(sourceId, stream));
  return (
    <MultiSelect
      label={label}
      searchable
      data-autofocus
      value={value}
      data={(data ?? []).map(([name = '', type = '']) => ({ value: name, label: `${name} · ${type}` }))}
      comboboxProps={{ withinPortal: false }}
      onChange={(names) => onSet({ primaryKey: names.map((name) => [name]) })}
    />
  );
}

function CursorCell({ stream, choice, sourceId, isWanted, onSet }: Wanting) {
  const say = useSay();
  if (!isIncremental(choice.mode) && !isWanted) {
    return <>{say('streams.notNeeded')}</>;
  }
  if (stream.hasOwnCursor) {
    return (
      <>
        <Icon name="lock" size={12} /> {say('streams.cursor.source')}
      </>
    );
  }
  const cursor = choice.cursor ?? stream.cursor ?? [];
  const label = say('streams.cursor.of', { stream: labelOf(stream) });
  return (
    <Opening
      label={label}
      part="cursor"
      text={cursor.length === 0 ? say('streams.cursor.choose') : cursor.join('.')}
      isMissing={cursor.length === 0 && isIncremental(choice.mode)}
    >
      {(close) => (
        <CursorPicker
          label={label}
          value={cursor[0]}
          stream={stream}
          sourceId={sourceId}
          onSet={onSet}
          onDone={close}
        />
      )}
    </Opening>
  );
}

function CursorPicker({
  label,
  value,
  stream,
  sourceId,
  onSet,
  onDone,
}: {
  label: string;
  value: string | undefined;
  stream: CatalogEntry;
  sourceId: string;
  onSet: CellProps['onSet'];
  onDone: () => void;
}) {
  const say = useSay();
  const { data } = useQuery(fieldsOf(sourceId, stream));
  const options = (data ?? [])
    .map(([name = '', type = '']) => ({ name, type, quality: cursorQuality(name, type) }))
    .sort((a, b) => Number(b.quality === 'good') - Number(a.quality === 'good'))
    .map(({ name, type, quality }) => ({
      value: name,
      label:
        quality === 'impossible'
          ? `${name} · ${type}`
          : `${name} · ${type} · ${say(`streams.cursor.${quality}`)}`,
      disabled: quality === 'impossible',
    }));
  return (
    <Select
      label={label}
      searchable
      data-autofocus
      value={value ?? null}
      data={options}
      comboboxProps={{ withinPortal: false }}
      onChange={(name) => {
        if (name !== null) {
          onSet({ cursor: [name] });
          onDone();
        }
      }}
    />
  );
}

function TargetCell({
  stream,
  choice,
  target,
  onSet,
}: {
  stream: CatalogEntry;
  choice: Choice;
  target: string;
  onSet: CellProps['onSet'];
}) {
  const say = useSay();
  const [name, setName] = useState(choice.destinationName ?? '');
  return (
    <Opening
      label={say('streams.target.of', { stream: labelOf(stream) })}
      part="target"
      text={target}
      isMissing={false}
    >
      {(close) => (
        <Stack gap="xs">
          <TextInput
            label={say('streams.rename')}
            data-autofocus
            value={name}
            placeholder={stream.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Text size="xs" c="dimmed">
            {target}
          </Text>
          <Button
            size="xs"
            onClick={() => {
              const trimmed = name.trim();
              onSet({ destinationName: trimmed === '' ? undefined : trimmed });
              close();
            }}
          >
            {say('streams.rename.apply')}
          </Button>
        </Stack>
      )}
    </Opening>
  );
}
