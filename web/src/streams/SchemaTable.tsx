import {
  Alert,
  Button,
  Checkbox,
  Group,
  Paper,
  SegmentedControl,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { startTransition, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { CatalogEntry } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import { Bulk } from './Bulk';
import { catalog, entryOf } from './catalog';
import { openKey } from './rows';
import { ask, filter, indexOf, type Tab } from './search';
import { StreamGrid } from './StreamGrid';
import { deselect, keyOf, select, type IssueKind, type Naming, type Wishes } from './streams';
import classes from './Streams.module.css';

const TABS = ['all', 'selected', 'unselected', 'issues'] as const;
const MANY = 50;
const MOST_UNDO = 50;

/** All streams of a source: which come along, and how. */
export function SchemaTable({
  sourceId,
  streams,
  writes,
  wishes,
  found,
  naming,
  onChange,
  actions,
}: {
  sourceId: string;
  streams: CatalogEntry[];
  writes: ReadonlySet<string>;
  wishes: Wishes;
  found: ReadonlyMap<string, IssueKind>;
  naming: Naming;
  onChange: (wishes: Wishes) => void;
  actions: ReactNode;
}) {
  const say = useSay();
  const [text, setText] = useState('');
  const [inFields, setInFields] = useState(false);
  const [tab, setTab] = useState<Tab>('all');
  const [expanded, expand] = useState<ReadonlySet<string>>(new Set());
  const search = useRef<HTMLInputElement>(null);
  const [before, setBefore] = useState<Wishes[]>([]);

  // Fields of all streams only when somebody looks for them; of one when it is opened.
  const needsAll = inFields || /\btype:/.test(text) || expanded.size > MANY;
  const all = useQuery({ ...catalog(sourceId, true), enabled: needsAll });
  const hasAll = all.data !== undefined;
  const opened = useMemo(() => toldAlone(streams, expanded, hasAll), [streams, expanded, hasAll]);
  const single = useQueries({ queries: opened.map((each) => entryOf(sourceId, each)) });
  const arrived = single.map((each) => each.dataUpdatedAt).join(' ');
  const known = useMemo(() => {
    const told = new Map((all.data?.streams ?? []).map((each) => [keyOf(each), each]));
    opened.forEach((each, at) => {
      const own = single[at]?.data;
      if (own !== undefined && own !== null) {
        told.set(keyOf(each), own);
      }
    });
    return streams.map((each) => {
      const { fields, inner } = told.get(keyOf(each)) ?? {};
      return {
        ...each,
        ...(fields === undefined ? {} : { fields }),
        ...(inner === undefined ? {} : { inner }),
      };
    });
    // The lists are made anew each time; what they hold is told by this.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [streams, all.data, arrived]);

  const index = useMemo(() => indexOf(known), [known]);
  const asked = useMemo(
    () => ask(text, index, inFields, wishes, found),
    [text, index, inFields, wishes, found],
  );
  const shown = useMemo(() => filter(index, asked, tab, wishes, found), [index, asked, tab, wishes, found]);
  const shownChosen = useMemo(() => shown.filter((each) => keyOf(each) in wishes.chosen), [shown, wishes]);
  const chosen = Object.keys(wishes.chosen).length;
  const counts = {
    all: streams.length,
    selected: chosen,
    unselected: streams.length - chosen,
    issues: found.size,
  };

  function change(next: Wishes) {
    setBefore((steps) => [...steps.slice(-MOST_UNDO), wishes]);
    onChange(next);
  }
  function undo() {
    const last = before.at(-1);
    if (last !== undefined) {
      setBefore(before.slice(0, -1));
      onChange(last);
    }
  }
  const isAllOpen = shown.length > 0 && shown.every((each) => expanded.has(openKey(each)));
  const isAllShown = shown.length > 0 && shownChosen.length === shown.length;
  return (
    <Paper
      withBorder
      p="md"
      onKeyDown={(event) => {
        if (
          (event.ctrlKey || event.metaKey) &&
          event.key === 'z' &&
          !(event.target instanceof HTMLInputElement)
        ) {
          event.preventDefault();
          undo();
        }
      }}
    >
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          {say('streams.title')}
        </Title>
        {actions}
      </Group>
      <Group gap="sm" mb="xs">
        <Search field={search} wrong={asked.wrong} onChange={setText} />
        <Switch
          label={say('streams.searchFields')}
          checked={inFields}
          onChange={(event) => setInFields(event.currentTarget.checked)}
        />
      </Group>
      <Group gap="md" mb="xs" justify="space-between">
        <SegmentedControl
          size="xs"
          className={classes.tabs ?? ''}
          aria-label={say('streams.tab')}
          value={tab}
          onChange={(value) => setTab(TABS.find((each) => each === value) ?? 'all')}
          data={TABS.map((each) => ({
            value: each,
            label: say(`streams.tab.${each}`, { count: counts[each] }),
          }))}
        />
        <Text size="xs" c="dimmed" role="status">
          {say('streams.shown', { count: shown.length })}
        </Text>
      </Group>
      {chosen === 0 && streams.length > MANY && <Alert mb="xs">{say('streams.choose')}</Alert>}
      <Group gap="md" mb="xs">
        <Checkbox
          label={say(isAllShown ? 'streams.deselectShown' : 'streams.selectShown')}
          checked={isAllShown}
          indeterminate={!isAllShown && shownChosen.length > 0}
          onChange={() => change(isAllShown ? deselect(wishes, shown) : select(wishes, shown, writes))}
        />
        <Button
          size="xs"
          variant="default"
          disabled={shown.length === 0}
          onClick={() => expand(new Set(isAllOpen ? [] : shown.map((each) => openKey(each))))}
        >
          {say(isAllOpen ? 'streams.collapse' : 'streams.expand')}
        </Button>
        <Bulk
          sourceId={sourceId}
          shown={shownChosen}
          writes={writes}
          wishes={wishes}
          onChange={change}
          onUndo={before.length > 0 ? undo : undefined}
        />
      </Group>
      <StreamGrid
        sourceId={sourceId}
        shown={shown}
        writes={writes}
        wishes={wishes}
        found={found}
        naming={naming}
        expanded={expanded}
        onExpand={expand}
        onChange={change}
        onSearch={() => search.current?.focus()}
      />
    </Paper>
  );
}

/** Streams of which the server is asked alone: those that are open, and those of whose fields somebody sees the inside. */
function toldAlone(streams: CatalogEntry[], expanded: ReadonlySet<string>, hasAll: boolean): CatalogEntry[] {
  if (expanded.size === 0) {
    return [];
  }
  const hasOpenFields = new Set(
    [...expanded].flatMap((each) => {
      const [stream, field] = each.split('\u0000', 2);
      return field === undefined ? [] : [stream];
    }),
  );
  const isEach = !hasAll && expanded.size <= MANY;
  return streams.filter((each) => {
    const key = openKey(each);
    return (isEach && expanded.has(key)) || hasOpenFields.has(key);
  });
}

/** What is typed is drawn at once and by itself; what is found for it follows, and a later letter does not wait for it. */
function Search({
  field,
  wrong,
  onChange,
}: {
  field: RefObject<HTMLInputElement | null>;
  wrong: string | undefined;
  onChange: (text: string) => void;
}) {
  const say = useSay();
  const [text, setText] = useState('');
  return (
    <TextInput
      ref={field}
      flex={1}
      miw={200}
      leftSection={<Icon name="search" />}
      aria-label={say('streams.look')}
      placeholder={say('streams.look')}
      value={text}
      error={wrong === undefined ? undefined : say('streams.pattern', { why: wrong })}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        startTransition(() => onChange(next));
      }}
    />
  );
}
