import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { CatalogEntry } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { FieldRow, toggledAt } from './FieldRow';
import { RowCheck } from './RowCheck';
import { openKey, rowsOf, type Row } from './rows';
import { StreamRow, type RowProps } from './StreamRow';
import { deselect, keyOf, select, type Choice, type IssueKind, type Naming, type Wishes } from './streams';
import classes from './Streams.module.css';

const HEIGHT = 38;
const COLUMNS = ['select', 'stream', 'mode', 'key', 'cursor', 'fields', 'target'] as const;

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
  const [anchor, setAnchor] = useState(0);
  const rows = useMemo(() => rowsOf(shown, expanded), [shown, expanded]);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing is memoized here
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => HEIGHT,
    overscan: 6,
    initialRect: { width: 1200, height: 600 },
  });

  const open = (key: string, isOpen: boolean) => {
    const next = new Set(expanded);
    if (isOpen) {
      next.add(key);
    } else {
      next.delete(key);
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
        set(row.stream, toggledAt(row.stream, choice, row.path));
      }
    }
  }
  /** All rows between where one began and here, as one. */
  function toggleRange(row: Row) {
    const streams = rows
      .slice(Math.min(anchor, active), Math.max(anchor, active) + 1)
      .flatMap((each) => (each.kind === 'stream' ? [each.stream] : []));
    if (anchor === active || streams.length === 0) {
      toggleRow(row);
    } else {
      toggle(streams);
    }
  }
  function walk(to: number, isRange = false) {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setActive(next);
    if (!isRange) {
      setAnchor(next);
    }
    virtual.scrollToIndex(next);
  }
  /** Opens what a part of the row is changed with. */
  function press(part: 'mode' | 'key' | 'cursor') {
    const found = box.current?.querySelector<HTMLElement>(`#row-${active} [data-press="${part}"]`);
    found?.focus();
    if (found instanceof HTMLSelectElement) {
      // It opens only for whoever has pressed a key, and not everywhere; the arrows change it all the same.
      (found as { showPicker?: () => void }).showPicker?.();
    } else {
      found?.click();
    }
  }
  function onKeyDown(event: KeyboardEvent) {
    const row = rows[active];
    if (event.key === 'Escape' && event.target !== box.current) {
      box.current?.focus();
    }
    if (event.target !== box.current || row === undefined) {
      return;
    }
    const key =
      row.kind === 'namespace' || (row.kind === 'field' && !row.hasParts) ? undefined : keyOfRow(row);
    const outer =
      row.kind === 'field' ? rows.findLastIndex((each, at) => at < active && depth(each) < depth(row)) : -1;
    const actions: Partial<Record<string, () => void>> = {
      ArrowDown: () => walk(active + 1, event.shiftKey),
      ArrowUp: () => walk(active - 1, event.shiftKey),
      Home: () => walk(0),
      End: () => walk(rows.length - 1),
      PageDown: () => walk(active + 10),
      PageUp: () => walk(active - 10),
      ArrowRight: () => key !== undefined && open(key, true),
      ArrowLeft: () =>
        key !== undefined && expanded.has(key) ? open(key, false) : outer >= 0 && walk(outer),
      ' ': () => toggleRange(row),
      '/': onSearch,
      ...(event.ctrlKey || event.metaKey
        ? { a: () => onChange(select(wishes, shown, writes)) }
        : { m: () => press('mode'), p: () => press('key'), c: () => press('cursor') }),
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
      <div role="rowgroup" style={{ position: 'relative', height: virtual.getTotalSize(), minWidth: 880 }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <div
              key={item.key}
              id={`row-${item.index}`}
              role="row"
              aria-rowindex={item.index + 1}
              aria-level={depth(row)}
              aria-expanded={isOpenable(row) ? expanded.has(keyOfRow(row)) : undefined}
              data-range={isBetween(item.index, anchor, active) || undefined}
              data-kind={row.kind}
              data-active={item.index === active || undefined}
              className={classes.row}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => {
                setActive(item.index);
                setAnchor(item.index);
              }}
            >
              <Cells {...props} row={row} onToggle={() => toggleRow(row)} onOpen={open} onSet={set} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function depth(row: Row): number {
  return row.kind === 'namespace' ? 1 : row.kind === 'stream' ? 2 : 2 + row.path.length;
}

function isOpenable(row: Row): row is Exclude<Row, { kind: 'namespace' }> {
  return row.kind === 'stream' || (row.kind === 'field' && row.hasParts);
}

function keyOfRow(row: Exclude<Row, { kind: 'namespace' }>): string {
  return openKey(row.stream, row.kind === 'field' ? row.path : []);
}

function isBetween(index: number, one: number, other: number): boolean {
  return one !== other && index >= Math.min(one, other) && index <= Math.max(one, other);
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
  onOpen: (key: string, isOpen: boolean) => void;
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
            <RowCheck
              label={say('streams.select.of', { stream: name })}
              isChecked={chosen === row.streams.length}
              isPartly={chosen > 0 && chosen < row.streams.length}
              onChange={onToggle}
            />
          </span>
          <span role="gridcell">{name}</span>
          <span role="gridcell">{say('streams.ofCount', { count: chosen, all: row.streams.length })}</span>
        </>
      );
    }
    case 'field': {
      const key = keyOfRow(row);
      const isOpen = props.expanded.has(key);
      return (
        <FieldRow
          row={row}
          choice={wishes.chosen[keyOf(row.stream)]}
          isOpen={isOpen}
          onToggle={onToggle}
          onOpen={() => onOpen(key, !isOpen)}
          onSet={(choice) => onSet(row.stream, choice)}
        />
      );
    }
    case 'stream':
      return (
        <StreamRow
          {...props}
          wishes={wishes}
          stream={row.stream}
          isOpen={props.expanded.has(keyOfRow(row))}
          onToggle={onToggle}
          onOpen={(isOpen) => onOpen(keyOfRow(row), isOpen)}
          onSet={onSet}
        />
      );
  }
}
