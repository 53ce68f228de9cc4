import {
  Badge,
  Button,
  Code,
  Group,
  List,
  Pagination,
  SegmentedControl,
  Select,
  Stack,
  Table,
  Tabs,
  Text,
} from '@mantine/core';
import { useState } from 'react';
import { isRecord } from '../../builder/emit';
import { useSay } from '../../i18n/i18n';
import { CopyButton } from '../../ui/CopyButton';
import { curlOf } from './curl';
import { useDesk } from './desk';
import { typesOf } from './SchemaControl';
import { Headers, None, ResponseView, short } from './ResponseView';
import type { Exchange, HttpRequest, TestResult } from './server';
import classes from './Builder.module.css';

const TABS = ['records', 'request', 'response', 'schema', 'state', 'other', 'logs', 'written'] as const;
const MOST_ROWS = 50;

/** All that came of a test, by parts and pages. */
export function Results({
  stream,
  result,
  onState,
}: {
  stream: string;
  result: TestResult;
  onState: (state: unknown) => void;
}) {
  const say = useSay();
  const [slice, setSlice] = useState(0);
  const [page, setPage] = useState(0);
  const chosen = result.slices[slice];
  const read = chosen?.pages[page];
  const others = [...result.otherRequests, ...(chosen?.otherRequests ?? [])];
  return (
    <Stack gap="xs">
      {result.slices.length > 1 && (
        <Select
          size="xs"
          label={say('builder.slice')}
          data={result.slices.map((each, index) => ({
            value: String(index),
            label: each.descriptor == null ? String(index + 1) : short(each.descriptor),
          }))}
          value={String(slice)}
          allowDeselect={false}
          onChange={(value) => {
            setSlice(Number(value));
            setPage(0);
          }}
        />
      )}
      {(chosen?.pages.length ?? 0) > 1 && (
        <Group gap="xs">
          <Text size="sm">{say('builder.page')}</Text>
          <Pagination
            size="xs"
            total={chosen?.pages.length ?? 1}
            value={page + 1}
            getControlProps={(control) => ({
              'aria-label': say(control === 'next' ? 'builder.page.next' : 'builder.page.previous'),
            })}
            getItemProps={(number) => ({ 'aria-label': say('builder.page.number', { number }) })}
            onChange={(number) => setPage(number - 1)}
          />
        </Group>
      )}
      <Tabs defaultValue="records" keepMounted={false}>
        <Tabs.List>
          {TABS.map((tab) => (
            <Tabs.Tab key={tab} value={tab} size="xs">
              {say(`builder.tab.${tab}`)}
              {tab === 'other' && others.length > 0 && ` (${others.length})`}
              {tab === 'schema' &&
                result.schemaDifferences.length > 0 &&
                ` (${result.schemaDifferences.length})`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="records" pt="xs">
          <Records records={read?.records ?? []} />
        </Tabs.Panel>
        <Tabs.Panel value="request" pt="xs">
          {read?.request == null ? <None /> : <RequestView request={read.request} />}
        </Tabs.Panel>
        <Tabs.Panel value="response" pt="xs">
          {read?.failure != null && <Text size="sm">{read.failure}</Text>}
          {read?.response == null ? <None /> : <ResponseView response={read.response} stream={stream} />}
        </Tabs.Panel>
        <Tabs.Panel value="schema" pt="xs">
          <SchemaView stream={stream} result={result} />
        </Tabs.Panel>
        <Tabs.Panel value="state" pt="xs">
          <StateView state={chosen?.state ?? result.state} end={result.state} onState={onState} />
        </Tabs.Panel>
        <Tabs.Panel value="other" pt="xs">
          {others.length === 0 ? (
            <None />
          ) : (
            others.map((each, index) => <Other key={index} exchange={each} />)
          )}
        </Tabs.Panel>
        <Tabs.Panel value="logs" pt="xs">
          <Logs logs={result.logs} />
        </Tabs.Panel>
        <Tabs.Panel value="written" pt="xs">
          {result.preview == null ? <None /> : <Written preview={result.preview} />}
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function Records({ records }: { records: unknown[] }) {
  const say = useSay();
  const [look, setLook] = useState('table');
  if (records.length === 0) {
    return <None />;
  }
  const names = [
    ...new Set(records.slice(0, MOST_ROWS).flatMap((each) => (isRecord(each) ? Object.keys(each) : []))),
  ];
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm">{say('builder.records', { count: records.length })}</Text>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={say('builder.records.look')}
            value={look}
            onChange={setLook}
            data={[
              { value: 'table', label: say('builder.records.table') },
              { value: 'json', label: say('builder.records.json') },
            ]}
          />
          <CopyButton text={JSON.stringify(records, null, 2)} />
        </Group>
      </Group>
      {look === 'json' ? (
        <Code block className={classes.body} tabIndex={0}>
          {JSON.stringify(records.slice(0, MOST_ROWS), null, 2)}
        </Code>
      ) : (
        <Table.ScrollContainer
          minWidth={0}
          maxHeight={420}
          scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
        >
          <table className="sl-table">
            <thead>
              <tr>
                {names.map((name) => (
                  <th key={name}>{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {records.slice(0, MOST_ROWS).map((record, index) => (
                <tr key={index}>
                  {names.map((name) => (
                    <td key={name} className={classes.cell}>
                      {isRecord(record) && record[name] !== undefined ? short(record[name]) : ''}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Table.ScrollContainer>
      )}
      {records.length > MOST_ROWS && (
        <Text size="xs" c="dimmed">
          {say('builder.records.first', { count: MOST_ROWS })}
        </Text>
      )}
    </Stack>
  );
}

function RequestView({ request }: { request: HttpRequest }) {
  const say = useSay();
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text component="div" size="sm" className={classes.long}>
          <Badge variant="default" radius="sm">
            {request.method}
          </Badge>{' '}
          <code>{request.url}</code>
        </Text>
        <CopyButton text={curlOf(request)} label={say('builder.curl')} />
      </Group>
      <Headers headers={request.headers} />
      {request.body && (
        <Code block className={classes.body}>
          {pretty(request.body)}
        </Code>
      )}
    </Stack>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function SchemaView({ stream, result }: { stream: string; result: TestResult }) {
  const say = useSay();
  const desk = useDesk();
  const entry = desk.manifest.stream(stream);
  const inferred = result.inferredSchema;
  const loader = entry && [...entry.way, 'schema_loader'];
  const declared = loader === undefined ? undefined : desk.manifest.get([...loader, 'schema']).value;
  const take = (schema: Record<string, unknown>) =>
    loader !== undefined &&
    desk.change(loader, (manifest, scope) => {
      const typed =
        manifest.get(loader).type === 'InlineSchemaLoader'
          ? manifest
          : manifest.choose(loader, 'InlineSchemaLoader', scope);
      return typed.set([...loader, 'schema'], schema, scope);
    });
  const properties = isRecord(inferred?.properties) ? Object.entries(inferred.properties) : [];
  return (
    <Stack gap="xs">
      {result.schemaDifferences.length === 0 ? (
        <Text size="sm">{say('builder.schema.same')}</Text>
      ) : (
        <table className="sl-table">
          <thead>
            <tr>
              <th>{say('builder.schema.field')}</th>
              <th>{say('builder.schema.what')}</th>
              <th>{say('builder.schema.declared')}</th>
              <th>{say('builder.schema.found')}</th>
            </tr>
          </thead>
          <tbody>
            {result.schemaDifferences.map((each) => (
              <tr key={`${each.path} ${each.kind}`}>
                <td>
                  <code>{each.path}</code>
                </td>
                <td>
                  {each.kind === 'added' || each.kind === 'removed' || each.kind === 'type'
                    ? say(`builder.schema.${each.kind}`)
                    : each.kind}
                </td>
                <td>{isRecord(each.declared) ? typesOf(each.declared) : short(each.declared ?? '')}</td>
                <td>{isRecord(each.found) ? typesOf(each.found) : short(each.found ?? '')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {inferred != null && !desk.isReadOnly && entry !== undefined && (
        <Group gap="xs">
          <Button size="xs" onClick={() => take(inferred)}>
            {say('builder.schema.overwrite')}
          </Button>
          <Button size="xs" variant="default" onClick={() => take(mergedSchema(declared, inferred))}>
            {say('builder.schema.merge')}
          </Button>
        </Group>
      )}
      <ul className={classes.schema}>
        {properties.map(([name, each]) => (
          <li key={name}>
            <code>{name}</code>{' '}
            <Text span size="xs" c="dimmed">
              {[typesOf(each), result.datetimeFormats?.[name]].filter(Boolean).join(' · ')}
            </Text>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

/** What was declared, with what was found and is not in it. */
function mergedSchema(declared: unknown, found: Record<string, unknown>): Record<string, unknown> {
  if (!isRecord(declared)) {
    return found;
  }
  const own = isRecord(declared.properties) ? declared.properties : {};
  const more = isRecord(found.properties) ? found.properties : {};
  return { ...declared, properties: { ...more, ...own } };
}

function StateView({
  state,
  end,
  onState,
}: {
  state: unknown;
  end: unknown;
  onState: (state: unknown) => void;
}) {
  const say = useSay();
  if (state == null && end == null) {
    return <None />;
  }
  return (
    <Stack gap="xs">
      <Code block className={classes.body} tabIndex={0}>
        {JSON.stringify(state ?? end, null, 2)}
      </Code>
      <Button size="xs" variant="default" w="fit-content" onClick={() => onState(end ?? state)}>
        {say('builder.state.use')}
      </Button>
    </Stack>
  );
}

function Other({ exchange }: { exchange: Exchange }) {
  const say = useSay();
  return (
    <details className={classes.other}>
      <summary>
        <Badge variant="default" radius="sm">
          {exchange.kind}
        </Badge>{' '}
        {exchange.title}
        {exchange.response != null && ` · ${exchange.response.status}`}
        {exchange.retryOf != null && ` · ${say('builder.retry')}`}
      </summary>
      <Stack gap="xs" pt="xs">
        <RequestView request={exchange.request} />
        {exchange.failure != null && <Text size="sm">{exchange.failure}</Text>}
        {exchange.response != null && <ResponseView response={exchange.response} />}
      </Stack>
    </details>
  );
}

function Logs({ logs }: { logs: TestResult['logs'] }) {
  return logs.length === 0 ? (
    <None />
  ) : (
    <List size="sm" listStyleType="none">
      {logs.map((line, index) => (
        <List.Item key={index} className={classes.long}>
          <Badge variant="default" radius="sm" size="sm">
            {line.level}
          </Badge>{' '}
          {line.message}
          {line.detail && (
            <Text size="xs" c="dimmed" className={classes.long}>
              {line.detail}
            </Text>
          )}
        </List.Item>
      ))}
    </List>
  );
}

function Written({ preview }: { preview: NonNullable<TestResult['preview']> }) {
  const problems = preview.problems ?? [];
  return (
    <>
      {problems.length > 0 && (
        <List size="sm">
          {problems.map((each, index) => (
            <List.Item key={index}>
              {short(isRecord(each) && 'message' in each ? each.message : each)}
            </List.Item>
          ))}
        </List>
      )}
      <Table.ScrollContainer
        minWidth={0}
        maxHeight={420}
        scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      >
        <table className="sl-table">
          <thead>
            <tr>
              {preview.columns.map((column) => (
                <th key={column.name}>
                  {column.name}
                  <Text size="xs" c="dimmed" fw={400}>
                    {column.type}
                  </Text>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.slice(0, MOST_ROWS).map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column} className={classes.cell}>
                    {cell == null ? '' : short(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Table.ScrollContainer>
    </>
  );
}
