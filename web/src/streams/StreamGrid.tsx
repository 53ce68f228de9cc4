import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { CatalogEntry } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { StreamRow, type RowProps } from './StreamRow';
import {
  deselect,
  isLocked,
  keyOf,
  labelOf,
  select,
  toggleField,
  type Choice,
  type IssueKind,
  type Naming,
  type Wishes,
} from './streams';
import classes from './Streams.module.css';

const HEIGHT = 38;
const COLUMNS = ['select', 'stream', 'mode', 'key', 'cursor', 'fields', 'target'] as const;

type Row =
  | { kind: 'namespace'; namespace: string; streams: CatalogEntry[] }
  | { kind: 'stream'; stream: CatalogEntry }
  | { kind: 'field'; stream: CatalogEntry; field: string; type: string };

/** The rows that are there to be seen: namespaces, their streams, the fields of those that are open. */
export function rowsOf(shown: CatalogEntry[], expanded: ReadonlySet<string>): Row[] {
  const groups = new Map<string, CatalogEntry[]>();
  for (const stream of shown) {
    const namespace = stream.namespace ?? '';
    const group = groups.get(namespace);
    if (group === undefined) {
      groups.set(namespace, [stream]);
    } else {
      group.push(stream);
    }
  }
  return [...groups].flatMap(([namespace, streams]): Row[] => [
    ...(groups.size > 1 || namespace !== '' ? [{ kind: 'namespace' as const, namespace, streams }] : []),
    ...streams.flatMap((stream): Row[] => [
      { kind: 'stream', stream },
      ...(expanded.has(keyOf(stream))
        ? (stream.fields ?? []).map(([field = '', type = '']): Row => ({
            kind: 'field',
            stream,
            field,
            type,
          }))
        : []),
    ]),
  ]);
}

interface Props {
  sourceId: string;
  shown: CatalogEntry[];
  writes: ReadonlySet<string>;
  wishes: Wishes;
  found: ReadonlyMap<string, IssueKind>;
  naming: Naming;
  expanded: ReadonlySet<string>;
  onExpand: (expanded: ReadonlySet<string>) => void;
  onChange: (wishes: Wishes) => void;
  onSearch: () => void;
}

/** The streams as a grid that one can walk through by the keys; only the rows that can be seen are drawn. */
export function StreamGrid(props: Props) {
  const { shown, writes, wishes, expanded, onExpand, onChange, onSearch } = props;
  const say = useSay();
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const rows = rowsOf(shown, expanded);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing is memoized here
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => HEIGHT,
    overscan: 12,
    initialRect: { width: 1200, height: 600 },
  });

  const open = (stream: CatalogEntry, isOpen: boolean) => {
    const next = new Set(expanded);
    if (isOpen) {
      next.add(keyOf(stream));
    } else {
      next.delete(keyOf(stream));
    }
    onExpand(next);
  };
  const toggle = (streams: CatalogEntry[]) =>
    onChange(
      streams.every((each) => keyOf(each) in wishes.chosen)
        ? deselect(wishes, streams)
        : select(wishes, streams, writes),
    );
  const set = (stream: CatalogEntry, choice: Choice) =>
    onChange({ ...wishes, chosen: { ...wishes.chosen, [keyOf(stream)]: choice } });
  function toggleRow(row: Row) {
    if (row.kind === 'namespace') {
      toggle(row.streams);
    } else if (row.kind === 'stream') {
      toggle([row.stream]);
    } else {
      const choice = wishes.chosen[keyOf(row.stream)];
      if (choice !== undefined) {
        set(row.stream, toggleField(row.stream, choice, row.field));
      }
    }
  }
  function walk(to: number) {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setActive(next);
    virtual.scrollToIndex(next);
  }
  function onKeyDown(event: KeyboardEvent) {
    const row = rows[active];
    if (event.target !== box.current || row === undefined) {
      return;
    }
    const stream = row.kind === 'namespace' ? undefined : row.stream;
    const actions: Partial<Record<string, () => void>> = {
      ArrowDown: () => walk(active + 1),
      ArrowUp: () => walk(active - 1),
      Home: () => walk(0),
      End: () => walk(rows.length - 1),
      PageDown: () => walk(active + 10),
      PageUp: () => walk(active - 10),
      ArrowRight: () => stream && open(stream, true),
      ArrowLeft: () => stream && open(stream, false),
      ' ': () => toggleRow(row),
      '/': onSearch,
      ...(event.ctrlKey || event.metaKey ? { a: () => onChange(select(wishes, shown, writes)) } : {}),
    };
    const action = actions[event.key];
    if (action !== undefined) {
      event.preventDefault();
      action();
    }
  }
  return (
    <div
      ref={box}
      className={`${classes.grid ?? ''} sl-card`}
      style={{ height: `min(60vh, ${(rows.length + 1) * HEIGHT}px)` }}
      role="treegrid"
      tabIndex={0}
      aria-label={say('streams.label')}
      aria-rowcount={rows.length}
      aria-activedescendant={`row-${active}`}
      onKeyDown={onKeyDown}
    >
      <div className={classes.head} role="row">
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader">
            {column === 'select' ? (
              <span className="sl-visually-hidden">{say('streams.col.select')}</span>
            ) : (
              say(`streams.col.${column}`)
            )}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={{ position: 'relative', height: virtual.getTotalSize(), minWidth: 1096 }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <div
              key={item.key}
              id={`row-${item.index}`}
              role="row"
              aria-rowindex={item.index + 1}
              aria-level={row.kind === 'namespace' ? 1 : row.kind === 'stream' ? 2 : 3}
              aria-expanded={row.kind === 'stream' ? expanded.has(keyOf(row.stream)) : undefined}
              data-kind={row.kind}
              data-active={item.index === active || undefined}
              className={classes.row}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => setActive(item.index)}
            >
              <Cells {...props} row={row} onToggle={() => toggleRow(row)} onOpen={open} onSet={set} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Cells({
  row,
  wishes,
  onToggle,
  onOpen,
  onSet,
  ...props
}: Props & {
  row: Row;
  onToggle: () => void;
  onOpen: RowProps['onOpen'];
  onSet: RowProps['onSet'];
}) {
  const say = useSay();
  switch (row.kind) {
    case 'namespace': {
      const chosen = row.streams.filter((each) => keyOf(each) in wishes.chosen).length;
      const name = row.namespace === '' ? say('streams.namespace.none') : row.namespace;
      return (
        <>
          <span role="gridcell">
            <Checkbox
              size="xs"
              tabIndex={-1}
              aria-label={say('streams.select.of', { stream: name })}
              checked={chosen === row.streams.length}
              indeterminate={chosen > 0 && chosen < row.streams.length}
              onChange={onToggle}
            />
          </span>
          <span role="gridcell">{name}</span>
          <span role="gridcell">{say('streams.ofCount', { count: chosen, all: row.streams.length })}</span>
        </>
      );
    }
    case 'field': {
      const choice = wishes.chosen[keyOf(row.stream)];
      const isIn = choice !== undefined && (choice.fields?.includes(row.field) ?? true);
      const locked = choice !== undefined && isLocked(row.stream, choice, row.field);
      const label = say('streams.field.of', { field: row.field, stream: labelOf(row.stream) });
      return (
        <>
          <span role="gridcell" />
          <span role="gridcell" className={`${classes.name ?? ''} ${classes.deep ?? ''}`}>
            <Checkbox
              size="xs"
              tabIndex={-1}
              aria-label={label}
              title={locked ? say('streams.field.locked') : undefined}
              checked={isIn}
              disabled={choice === undefined || locked}
              onChange={onToggle}
            />
            {row.field}
          </span>
          <span role="gridcell">{row.type}</span>
        </>
      );
    }
    case 'stream':
      return (
        <StreamRow
          {...props}
          wishes={wishes}
          stream={row.stream}
          isOpen={props.expanded.has(keyOf(row.stream))}
          onToggle={onToggle}
          onOpen={onOpen}
          onSet={onSet}
        />
      );
  }
}
