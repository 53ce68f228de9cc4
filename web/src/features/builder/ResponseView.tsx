import { Badge, Button, Code, Group, Menu, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { isRecord } from '../../builder/emit';
import type { Way } from '../../builder/source';
import { useSay } from '../../i18n/i18n';
import { useDesk } from './desk';
import { detectPagination } from './detect';
import type { HttpResponse } from './server';
import classes from './Builder.module.css';

export function None() {
  const say = useSay();
  return (
    <Text size="sm" c="dimmed">
      {say('builder.nothing')}
    </Text>
  );
}

export function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

export function Headers({ headers }: { headers: Record<string, unknown> | null | undefined }) {
  const entries = Object.entries(headers ?? {});
  return entries.length === 0 ? null : (
    <Code block className={classes.body}>
      {entries.map(([name, value]) => `${name}: ${short(value)}`).join('\n')}
    </Code>
  );
}

/** An answer, of which each part can be picked for what it is. */
export function ResponseView({ response, stream }: { response: HttpResponse; stream?: string }) {
  const say = useSay();
  const desk = useDesk();
  const value = jsonOf(response.body);
  const found = value === undefined ? undefined : detectPagination(value, response.headers ?? {});
  const entry = stream === undefined ? undefined : desk.manifest.stream(stream);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Badge variant="default" radius="sm">
          {say('builder.status', { status: response.status })}
        </Badge>
        {found !== undefined && entry !== undefined && !desk.isReadOnly && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              desk.change([...entry.way, 'retriever', 'paginator'], (manifest, scope) =>
                manifest.set([...entry.way, 'retriever', 'paginator'], found.paginator, scope),
              )
            }
          >
            {say('builder.detect', { how: say(`builder.detect.${found.kind}`) })}
          </Button>
        )}
      </Group>
      <Headers headers={response.headers} />
      {response.truncated === true && <Text size="xs">{say('builder.truncated')}</Text>}
      {value === undefined ? (
        <Code block className={classes.body} tabIndex={0}>
          {response.body ?? ''}
        </Code>
      ) : (
        <div className={classes.tree} role="group" aria-label={say('builder.tab.response')} tabIndex={0}>
          <Branch value={value} at={[]} stream={entry?.way} />
        </div>
      )}
    </Stack>
  );
}

function jsonOf(text: string | null | undefined): unknown {
  try {
    return text == null || text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

const FEW = 20;

/** A value of a response, of which each part can be picked for what it is. */
function Branch({ value, at, stream }: { value: unknown; at: (string | number)[]; stream: Way | undefined }) {
  const [isAll, showAll] = useState(false);
  const say = useSay();
  const name = at.at(-1);
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((each: unknown, index) => [index, each])
    : isRecord(value)
      ? Object.entries(value)
      : [];
  const isFolded = at.length > 0 && Array.isArray(value) && entries.length > 1;
  const shown = isAll ? entries : entries.slice(0, isFolded ? 1 : FEW);
  return (
    <div className={at.length > 0 ? classes.branch : undefined}>
      <Pick at={at} stream={stream} value={value}>
        {name === undefined ? '$' : String(name)}
        {entries.length === 0 ? `: ${short(value)}` : Array.isArray(value) ? ` [${entries.length}]` : ' {}'}
      </Pick>
      {shown.map(([key, each]) => (
        <Branch key={String(key)} value={each} at={[...at, key]} stream={stream} />
      ))}
      {shown.length < entries.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => showAll(true)}>
          {say('builder.tree.more', { count: entries.length - shown.length })}
        </Button>
      )}
    </div>
  );
}

function Pick({
  at,
  stream,
  value,
  children,
}: {
  at: (string | number)[];
  stream: Way | undefined;
  value: unknown;
  children: ReactNode;
}) {
  const say = useSay();
  const desk = useDesk();
  if (stream === undefined || desk.isReadOnly) {
    return <code>{children}</code>;
  }
  const record = [...stream, 'retriever', 'record_selector', 'extractor', 'field_path'];
  const base = desk.manifest.get(record).value;
  const depth = Array.isArray(base) ? base.length : 0;
  // What lies in a record is named from the record on.
  const isRecordField = at.length > depth + 1 && typeof at[depth] === 'number';
  const isTopField = at.length === 1 && depth === 0 && typeof at[0] === 'string';
  const inside = at.slice(isRecordField ? depth + 1 : 0).map(String);
  const template = `{{ response${at.map((step) => (typeof step === 'number' ? `[${step}]` : `['${step}']`)).join('')} }}`;
  const set = (way: Way, next: unknown) => desk.set(way, next);
  const isLeaf = !Array.isArray(value) && !isRecord(value);
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.pick}>
          {children}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {!isLeaf && (
          <Menu.Item
            onClick={() =>
              set(
                record,
                at.map((step) => (typeof step === 'number' ? '*' : step)),
              )
            }
          >
            {say('builder.pick.records')}
          </Menu.Item>
        )}
        {isLeaf && (isRecordField || isTopField) && (
          <>
            <Menu.Item
              onClick={() => set([...stream, 'primary_key'], inside.length === 1 ? inside[0] : [inside])}
            >
              {say('builder.pick.key')}
            </Menu.Item>
            <Menu.Item
              onClick={() =>
                desk.change([...stream, 'incremental_sync', 'cursor_field'], (manifest, scope) => {
                  const way = [...stream, 'incremental_sync'];
                  const typed =
                    manifest.get(way).value === undefined
                      ? manifest.choose(way, 'DatetimeBasedCursor', scope)
                      : manifest;
                  return typed.set([...way, 'cursor_field'], inside.join('.'), scope);
                })
              }
            >
              {say('builder.pick.cursor')}
            </Menu.Item>
          </>
        )}
        {isLeaf && (
          <Menu.Item
            onClick={() =>
              desk.change([...stream, 'retriever', 'paginator'], (manifest, scope) => {
                const way = [...stream, 'retriever', 'paginator'];
                const paged =
                  manifest.get(way).type === 'DefaultPaginator'
                    ? manifest
                    : manifest.choose(way, 'DefaultPaginator', scope);
                return paged
                  .choose([...way, 'pagination_strategy'], 'CursorPagination', scope)
                  .set([...way, 'pagination_strategy', 'cursor_value'], template, scope);
              })
            }
          >
            {say('builder.pick.next')}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => void navigator.clipboard.writeText(template)}>
          {say('builder.pick.copy')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
