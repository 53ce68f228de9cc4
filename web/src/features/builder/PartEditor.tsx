import { Alert, Button, Group, Paper, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { COMPONENTS, unknownKeys } from '../../builder/catalogue';
import { isRecord } from '../../builder/emit';
import type { StreamEntry } from '../../builder/manifest';
import type { Way } from '../../builder/source';
import { useSay } from '../../i18n/i18n';
import type { MessageId } from '../../i18n/messages';
import { Icon } from '../../ui/icons';
import { Empty } from '../../ui/states';
import { useDesk, wayOfPath } from './desk';
import { Fields, OneField, OnlyYaml } from './Fields';
import { useGo } from './go';
import { InputsPart } from './InputsPart';
import type { Project } from './server';
import classes from './Builder.module.css';

/** The form of what is chosen in the outline. */
export function PartEditor({ part, project }: { part: string; project: Project }) {
  const say = useSay();
  const desk = useDesk();
  const go = useGo();
  const [trouble] = desk.manifest.source.troubles;
  if (trouble !== undefined) {
    return (
      <Alert color="red" title={say('builder.broken')}>
        <Text size="sm">{say('builder.broken.text', { line: trouble.line, why: trouble.message })}</Text>
        <Button mt="xs" size="xs" variant="default" onClick={() => go.toText([])}>
          {say('builder.toYaml')}
        </Button>
      </Alert>
    );
  }
  if (part === 'inputs') {
    return <InputsPart project={project} />;
  }
  if (part === 'issues') {
    return <IssuesPart />;
  }
  const stream = desk.manifest.streams().find((each) => each.way.join('/') === part);
  return stream === undefined ? <GlobalPart /> : <StreamPart key={part} stream={stream} />;
}

/** A card of the form, which folds. */
function Card({
  title,
  text,
  ways = [],
  isOpen: isOpenAtFirst = true,
  children,
}: {
  title: string;
  text?: string;
  ways?: Way[];
  isOpen?: boolean;
  children: ReactNode;
}) {
  const say = useSay();
  const desk = useDesk();
  const [isOpen, open] = useState(isOpenAtFirst);
  const count = new Set(ways.flatMap((way) => desk.issuesWithin(way))).size;
  return (
    <Paper withBorder className={classes.card}>
      <Title order={3} size="h4">
        <UnstyledButton
          className={classes.fold}
          aria-expanded={isOpen || count > 0}
          onClick={() => open(!isOpen)}
        >
          <Icon name={isOpen || count > 0 ? 'chevronDown' : 'chevronRight'} />
          <span className={classes.name}>{title}</span>
          {count > 0 && (
            <span className={classes.count} aria-label={say('builder.issues.count', { count })}>
              <Icon name="warn" size={12} /> {count}
            </span>
          )}
        </UnstyledButton>
      </Title>
      {(isOpen || count > 0) && (
        <Stack gap="sm" p="md" pt={0}>
          {text !== undefined && (
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          )}
          {children}
        </Stack>
      )}
    </Paper>
  );
}

function GlobalPart() {
  const say = useSay();
  const { manifest } = useDesk();
  const bases = manifest.bases();
  const root = manifest.source.root();
  const others = isRecord(root) ? Object.keys(root).filter((key) => !GLOBAL.has(key)) : [];
  const field = (key: string) => (
    <OneField
      key={key}
      way={[key]}
      field={
        key === 'check'
          ? { key, kind: 'one', types: ['CheckStream', 'CheckDynamicStream'], isRequired: true }
          : key === 'api_budget'
            ? { key, kind: 'one', types: ['HTTPAPIBudget'] }
            : { key, kind: 'one', types: ['ConcurrencyLevel'] }
      }
    />
  );
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        {say('builder.global')}
      </Title>
      {bases.map((base, index) => (
        <Card
          key={base.at.join('/')}
          title={say(bases.length === 1 ? 'builder.base' : 'builder.base.number', { number: index + 1 })}
          text={
            base.streams.length === 0
              ? say('builder.base.none')
              : say('builder.base.streams', { count: base.streams.length, names: base.streams.join(', ') })
          }
          ways={[base.way]}
          isOpen={index < 3}
        >
          <Fields
            way={base.way}
            type="HttpRequester"
            only={[
              'url_base',
              'url',
              'authenticator',
              'request_headers',
              'request_parameters',
              'error_handler',
            ]}
          />
        </Card>
      ))}
      <Card title={say('builder.check')} text={say('builder.check.text')} ways={[['check']]}>
        {field('check')}
      </Card>
      <Card
        title={say('builder.pace')}
        text={say('builder.pace.text')}
        isOpen={
          manifest.get(['api_budget']).value !== undefined ||
          manifest.get(['concurrency_level']).value !== undefined
        }
      >
        {field('concurrency_level')}
        {field('api_budget')}
        <OneField
          way={['max_concurrent_async_job_count']}
          field={{ key: 'max_concurrent_async_job_count', kind: 'template', initial: 1 }}
        />
      </Card>
      <Card title={say('builder.about')} isOpen={false}>
        <OneField way={['description']} field={{ key: 'description', kind: 'long' }} />
        <OneField way={['version']} field={{ key: 'version', kind: 'text', isRequired: true }} />
      </Card>
      <OnlyYaml way={[]} keys={others} />
    </Stack>
  );
}

const GLOBAL = new Set([
  'type',
  'version',
  'description',
  'check',
  'streams',
  'dynamic_streams',
  'definitions',
  'schemas',
  'metadata',
  'spec',
  'concurrency_level',
  'api_budget',
  'max_concurrent_async_job_count',
]);

interface Section {
  id: string;
  /** Ways from the stream to a component, with the fields of it that stand here. */
  parts: { way: string[]; type: string; keys: string[] }[];
  isOpen?: boolean;
}

const REQUESTER = {
  way: ['retriever', 'requester'],
  type: 'HttpRequester',
};

const SYNCHRONOUS: Section[] = [
  {
    id: 'request',
    isOpen: true,
    parts: [
      {
        ...REQUESTER,
        keys: [
          'path',
          'url_base',
          'url',
          'http_method',
          'request_parameters',
          'request_headers',
          'request_body',
          'request_body_json',
          'request_body_data',
          'authenticator',
          'use_cache',
        ],
      },
    ],
  },
  {
    id: 'response',
    isOpen: true,
    parts: [
      { way: ['retriever'], type: 'SimpleRetriever', keys: ['decoder'] },
      {
        way: ['retriever', 'record_selector'],
        type: 'RecordSelector',
        keys: ['extractor', 'record_filter', 'schema_normalization', 'transform_before_filtering'],
      },
    ],
  },
  {
    id: 'pagination',
    parts: [
      {
        way: ['retriever'],
        type: 'SimpleRetriever',
        keys: ['paginator', 'ignore_stream_slicer_parameters_on_paginated_requests', 'pagination_reset'],
      },
    ],
  },
  { id: 'incremental', parts: [{ way: [], type: 'DeclarativeStream', keys: ['incremental_sync'] }] },
  { id: 'partitions', parts: [{ way: ['retriever'], type: 'SimpleRetriever', keys: ['partition_router'] }] },
  { id: 'transformations', parts: [{ way: [], type: 'DeclarativeStream', keys: ['transformations'] }] },
  { id: 'errors', parts: [{ ...REQUESTER, keys: ['error_handler'] }] },
  { id: 'schema', parts: [{ way: [], type: 'DeclarativeStream', keys: ['schema_loader'] }] },
  {
    id: 'advanced',
    parts: [{ way: [], type: 'DeclarativeStream', keys: ['retriever', 'state_migrations', 'file_uploader'] }],
  },
];

const ASYNCHRONOUS: Section[] = [
  {
    id: 'async',
    isOpen: true,
    parts: [
      {
        way: ['retriever'],
        type: 'AsyncRetriever',
        keys: (COMPONENTS.AsyncRetriever ?? []).map(({ key }) => key),
      },
    ],
  },
  ...SYNCHRONOUS.filter((each) => ['incremental', 'transformations', 'schema', 'advanced'].includes(each.id)),
];

function StreamPart({ stream }: { stream: StreamEntry }) {
  const say = useSay();
  const desk = useDesk();
  const { manifest } = desk;
  const place = manifest.get(stream.way);
  if (stream.kind !== 'stream') {
    const type = stream.kind === 'template' ? 'DynamicDeclarativeStream' : (stream.type ?? '');
    return (
      <Stack gap="md">
        <Title order={2} size="h3">
          {stream.name}
        </Title>
        {type in COMPONENTS ? (
          <Fields way={stream.way} type={type} />
        ) : (
          <OnlyYaml way={stream.way} keys={['type']} />
        )}
      </Stack>
    );
  }
  const retriever = manifest.get([...stream.way, 'retriever']).type;
  const sections =
    retriever === 'AsyncRetriever' ? ASYNCHRONOUS : retriever === 'SimpleRetriever' ? SYNCHRONOUS : [];
  const others = isRecord(place.value) ? unknownKeys('DeclarativeStream', place.value) : [];
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        {stream.name}
      </Title>
      <Card
        title={say('builder.card.basics')}
        ways={[
          [...stream.way, 'name'],
          [...stream.way, 'primary_key'],
        ]}
      >
        <Fields way={stream.way} type="DeclarativeStream" only={['name', 'primary_key']} />
      </Card>
      {sections.map((section) => (
        <SectionCard key={section.id} section={section} stream={stream.way} />
      ))}
      {sections.length === 0 && <OnlyYaml way={stream.way} keys={['retriever']} />}
      <OnlyYaml way={stream.way} keys={others} />
    </Stack>
  );
}

function SectionCard({ section, stream }: { section: Section; stream: Way }) {
  const say = useSay();
  const { manifest } = useDesk();
  const ways = section.parts.flatMap(({ way, keys }) => keys.map((key) => [...stream, ...way, key]));
  const isUsed = ways.some((way) => manifest.get(way).value !== undefined);
  const isAdvanced = section.id === 'advanced';
  return (
    <Card
      title={say(`builder.card.${section.id}` as MessageId)}
      text={say(`builder.card.${section.id}.text` as MessageId)}
      ways={isAdvanced ? [] : ways}
      isOpen={!isAdvanced && (section.isOpen === true || isUsed)}
    >
      {section.parts.map(({ way, type, keys }) => {
        const at = [...stream, ...way];
        const value = manifest.get(at).value;
        return (
          <Stack gap="sm" key={way.join('/')}>
            <Fields way={at} type={type} only={isAdvanced ? keys.slice(1) : keys} />
            {isAdvanced && <RetrieverKind stream={stream} />}
            {section.id !== 'errors' && way.length > 0 && isRecord(value) && keys.length > 1 && (
              <OnlyYaml way={at} keys={unknownKeys(type, value)} />
            )}
          </Stack>
        );
      })}
    </Card>
  );
}

/** Whether records are read at once, or a job is made, awaited and fetched. */
function RetrieverKind({ stream }: { stream: Way }) {
  const say = useSay();
  const desk = useDesk();
  const way = [...stream, 'retriever'];
  const isAsync = desk.manifest.get(way).type === 'AsyncRetriever';
  const next = isAsync ? 'SimpleRetriever' : 'AsyncRetriever';
  return (
    <Group gap="xs">
      <Text size="sm">{say(isAsync ? 'builder.kind.async' : 'builder.kind.sync')}</Text>
      <Button
        size="compact-sm"
        variant="default"
        disabled={desk.isReadOnly}
        onClick={() => desk.change(way, (manifest, scope) => manifest.choose(way, next, scope))}
      >
        {say(isAsync ? 'builder.kind.toSync' : 'builder.kind.toAsync')}
      </Button>
    </Group>
  );
}

/** All that is wrong, each leading to where it is. */
function IssuesPart() {
  const say = useSay();
  const { issues } = useDesk();
  const go = useGo();
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        {say('builder.issues')}
      </Title>
      {issues.length === 0 ? (
        <Empty icon="circleCheck" title={say('builder.issues.none')} />
      ) : (
        <ul className={classes.list}>
          {issues.map((issue, index) => (
            <li key={index}>
              <Paper withBorder p="sm" mb="xs">
                <Group gap="xs" wrap="nowrap" align="flex-start">
                  <Icon name={issue.severity === 'error' ? 'octagon' : 'warn'} />
                  <Stack gap={2} miw={0}>
                    <Text size="sm" fw={500} className={classes.long}>
                      {issue.message}
                    </Text>
                    {issue.next && <Text size="sm">{issue.next}</Text>}
                    <Text size="xs" c="dimmed" className={classes.long}>
                      {[issue.path, issue.line && say('builder.line', { line: issue.line })]
                        .filter(Boolean)
                        .join(' · ')}
                    </Text>
                    <Group gap="xs">
                      <Button
                        size="compact-xs"
                        variant="default"
                        onClick={() => go.toField(wayOfPath(issue.path ?? ''))}
                      >
                        {say('builder.toField')}
                      </Button>
                      <Button
                        size="compact-xs"
                        variant="default"
                        onClick={() => go.toText(wayOfPath(issue.path ?? ''))}
                      >
                        {say('builder.toYaml')}
                      </Button>
                    </Group>
                  </Stack>
                </Group>
              </Paper>
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}
