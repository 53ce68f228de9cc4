import {
  ActionIcon,
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  NumberInput,
  Popover,
  Select,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { inputsOf } from '../../builder/inputs';
import type { Schema } from '../../forms/schema';
import { SpecForm, useSpecForm } from '../../forms/SpecForm';
import type { Values } from '../../forms/values';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { ErrorCard } from '../../ui/states';
import { useDesk, wayOfPath } from './desk';
import { useGo } from './go';
import { Results } from './Results';
import { builder, type Limits, type Project, type TestRun } from './server';
import classes from './Builder.module.css';

const USUAL: Limits = { records: 1000, pages: 5, slices: 5, seconds: 300 };
const MOST: Limits = { records: 5000, pages: 20, slices: 20, seconds: 900 };
const LIMITS = ['records', 'pages', 'slices', 'seconds'] as const;

/** Reads a stream for real, with limits, and shows all that happened. */
export function TestPanel({
  project,
  part,
  isOpen,
  onToggle,
}: {
  project: Project;
  part: string;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const say = useSay();
  const desk = useDesk();
  const queries = useQueryClient();
  const streams = desk.manifest.streams();
  const current = streams.find((each) => each.way.join('/') === part);
  const [picked, pick] = useState<string>();
  const stream = current?.name ?? (streams.some((each) => each.name === picked) ? picked : streams[0]?.name);
  const [limits, setLimits] = useState(USUAL);
  const [retries, setRetries] = useState(true);
  const [state, setState] = useState('');
  const [shown, show] = useState<Record<string, string>>({});
  const [isAsking, ask] = useState(false);
  const testId = stream === undefined ? undefined : shown[stream];
  const wrongState = state.trim() !== '' && parsed(state) === undefined;
  const start = useMutation({
    mutationFn: async (replay?: string) => {
      await desk.save();
      return builder.test(desk.projectId, {
        stream: stream ?? '',
        manifest: desk.manifest.text,
        limits,
        retries,
        ...(state.trim() === '' ? {} : { state: parsed(state) }),
        ...(replay === undefined ? {} : { replay }),
      });
    },
    onSuccess: ({ testId: id }) => {
      show({ ...shown, [stream ?? '']: id });
    },
  });
  const run = useQuery({
    queryKey: ['builder', 'test', testId],
    queryFn: async ({ signal }) => {
      const answer = await builder.testRun(testId ?? '', signal);
      if (answer.status !== 'running') {
        void queries.invalidateQueries({ queryKey: ['builder', 'history', desk.projectId] });
      }
      return answer;
    },
    enabled: testId !== undefined,
    refetchInterval: ({ state: { data } }) => (data === undefined || data.status === 'running' ? 500 : false),
    retry: false,
  });
  const isRunning = start.isPending || run.data?.status === 'running';
  const needsValues = inputsOf(desk.manifest).some((each) => each.isRequired);
  const begin = () => {
    if (!isRunning && stream !== undefined && !wrongState && !desk.isReadOnly) {
      desk.flush();
      start.mutate(undefined);
    }
  };
  useHotkeys([['mod+Enter', begin]], []);
  return (
    <section className={classes.test} aria-label={say('builder.test')} data-open={isOpen}>
      <Group justify="space-between" gap="xs" mb={isOpen ? 'xs' : 0}>
        <Group gap="xs">
          <ActionIcon
            variant="subtle"
            aria-expanded={isOpen}
            aria-label={say(isOpen ? 'builder.test.hide' : 'builder.test.show')}
            onClick={onToggle}
            className={classes.toggle}
          >
            <Icon name={isOpen ? 'chevronRight' : 'chevronLeft'} />
          </ActionIcon>
          <h2 className={classes.heading}>{say('builder.test')}</h2>
        </Group>
        {isOpen && (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => ask(true)}>
              {say('builder.values')}
            </Button>
            <Settings
              limits={limits}
              onLimits={setLimits}
              retries={retries}
              onRetries={setRetries}
              state={state}
              onState={setState}
              isWrong={wrongState}
            />
            {isRunning && testId !== undefined ? (
              <Button
                size="xs"
                color="red"
                variant="light"
                leftSection={<Icon name="stop" />}
                onClick={() => void builder.cancel(testId).then(() => run.refetch())}
              >
                {say('action.cancel')}
              </Button>
            ) : (
              <Button
                size="xs"
                leftSection={<Icon name="play" />}
                disabled={stream === undefined || wrongState || desk.isReadOnly}
                loading={start.isPending}
                title={say('builder.test.keys')}
                onClick={begin}
              >
                {say('builder.test.run')}
              </Button>
            )}
          </Group>
        )}
      </Group>
      {isOpen && (
        <Stack gap="sm">
          {current === undefined && streams.length > 0 && (
            <Select
              aria-label={say('builder.test.stream')}
              size="xs"
              data={streams.map((each) => each.name)}
              value={stream ?? null}
              allowDeselect={false}
              onChange={(value) => pick(value ?? undefined)}
            />
          )}
          {stream === undefined && (
            <Text size="sm" c="dimmed">
              {say('builder.test.noStream')}
            </Text>
          )}
          {start.isError && <ErrorCard error={start.error} />}
          {run.isError && <ErrorCard error={run.error} onRetry={() => void run.refetch()} />}
          {stream !== undefined && (
            <History
              stream={stream}
              testId={testId}
              onChoose={(id) => show({ ...shown, [stream]: id })}
              onReplay={(id) => start.mutate(id)}
              isRunning={isRunning}
            />
          )}
          {run.data !== undefined && stream !== undefined && (
            <Run run={run.data} onState={(next) => setState(JSON.stringify(next, null, 2))} />
          )}
          {run.data === undefined && stream !== undefined && testId === undefined && (
            <Text size="sm" c="dimmed">
              {say(needsValues ? 'builder.test.firstValues' : 'builder.test.first')}
            </Text>
          )}
        </Stack>
      )}
      {isAsking && <TestingValues project={project} onClose={() => ask(false)} />}
    </section>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function Run({ run, onState }: { run: TestRun; onState: (state: unknown) => void }) {
  const say = useSay();
  const go = useGo();
  const { progress, result } = run;
  const problem = result?.problem ?? null;
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {say(`builder.test.${run.status}`)}
        {progress !== undefined &&
          ` · ${say('builder.test.progress', { records: progress.records, pages: progress.pages, requests: progress.requests })}`}
        {result?.limitReached === true && ` · ${say('builder.test.limit')}`}
      </Text>
      {problem !== null && (
        <Alert color="red" title={problem.title} role="alert">
          {problem.detail && (
            <Text size="sm" className={classes.long}>
              {problem.detail}
            </Text>
          )}
          {problem.next && <Text size="sm">{problem.next}</Text>}
          {problem.path && (
            <Button
              mt="xs"
              size="compact-sm"
              variant="default"
              onClick={() => go.toField(wayOfPath(problem.path ?? ''))}
            >
              {say('builder.toField')}
            </Button>
          )}
        </Alert>
      )}
      {(result?.warnings ?? []).map((warning) => (
        <Alert key={`${warning.code} ${warning.message}`} color="yellow" p="xs">
          <Text size="sm">{warning.message}</Text>
          {warning.next && <Text size="sm">{warning.next}</Text>}
          {warning.path && (
            <Button
              mt={4}
              size="compact-xs"
              variant="default"
              onClick={() => go.toField(wayOfPath(warning.path ?? ''))}
            >
              {say('builder.toField')}
            </Button>
          )}
        </Alert>
      ))}
      {result !== undefined && (
        <Results key={run.testId} stream={run.stream} result={result} onState={onState} />
      )}
    </Stack>
  );
}

function Settings({
  limits,
  onLimits,
  retries,
  onRetries,
  state,
  onState,
  isWrong,
}: {
  limits: Limits;
  onLimits: (limits: Limits) => void;
  retries: boolean;
  onRetries: (on: boolean) => void;
  state: string;
  onState: (text: string) => void;
  isWrong: boolean;
}) {
  const say = useSay();
  return (
    <Popover position="bottom-end" width={300} trapFocus withArrow>
      <Popover.Target>
        <ActionIcon variant="default" size={30} aria-label={say('builder.test.settings')}>
          <Icon name="settings" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {LIMITS.map((name) => (
            <NumberInput
              key={name}
              size="xs"
              label={say(`builder.limit.${name}`, { most: MOST[name] })}
              min={1}
              max={MOST[name]}
              value={limits[name]}
              onChange={(value) =>
                onLimits({
                  ...limits,
                  [name]: Math.min(MOST[name], Math.max(1, Number(value) || USUAL[name])),
                })
              }
            />
          ))}
          <Checkbox
            label={say('builder.test.retries')}
            checked={retries}
            onChange={(event) => onRetries(event.currentTarget.checked)}
          />
          <Textarea
            size="xs"
            label={say('builder.test.state')}
            autosize
            minRows={2}
            maxRows={8}
            value={state}
            error={isWrong ? say('builder.test.state.wrong') : undefined}
            spellCheck={false}
            classNames={{ input: classes.mono ?? '' }}
            onChange={(event) => onState(event.currentTarget.value)}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What was tested before; any of it can be played again without the network. */
function History({
  stream,
  testId,
  isRunning,
  onChoose,
  onReplay,
}: {
  stream: string;
  testId: string | undefined;
  isRunning: boolean;
  onChoose: (testId: string) => void;
  onReplay: (testId: string) => void;
}) {
  const say = useSay();
  const desk = useDesk();
  const history = useQuery({
    queryKey: ['builder', 'history', desk.projectId, stream],
    queryFn: ({ signal }) => builder.history(desk.projectId, stream, signal),
    retry: false,
  });
  const runs = history.data?.data ?? [];
  if (runs.length === 0) {
    return null;
  }
  const chosen = runs.find((each) => each.testId === testId);
  return (
    <Group gap="xs" wrap="nowrap">
      <Select
        size="xs"
        className={classes.grow}
        aria-label={say('builder.history')}
        placeholder={say('builder.history')}
        data={runs.map((each) => ({
          value: each.testId,
          label: say('builder.history.run', {
            at: new Date(each.startedAt).toLocaleString(),
            records: each.outcome?.records ?? each.progress?.records ?? 0,
            status: say(`builder.test.${each.status}`),
          }),
        }))}
        value={chosen?.testId ?? null}
        allowDeselect={false}
        onChange={(value) => value !== null && onChoose(value)}
      />
      <Button
        size="xs"
        variant="default"
        disabled={chosen?.recorded !== true || isRunning || desk.isReadOnly}
        title={say('builder.replay.text')}
        onClick={() => onReplay(chosen?.testId ?? '')}
      >
        {say('builder.replay')}
      </Button>
    </Group>
  );
}

/** What the form of users is filled in with for tests. Never exported; secrets are kept like those of sources. */
function TestingValues({ project, onClose }: { project: Project; onClose: () => void }) {
  const say = useSay();
  const desk = useDesk();
  const stored = useQuery({
    queryKey: ['builder', 'project', desk.projectId, 'values'],
    queryFn: async ({ signal }) => (await builder.project(desk.projectId, signal)).testingValues,
    gcTime: 0,
    staleTime: 'static',
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={say('builder.values')}
      closeButtonProps={{ 'aria-label': say('action.close') }}
    >
      {stored.data === undefined ? null : (
        <ValuesForm projectId={project.projectId} stored={stored.data} onClose={onClose} />
      )}
      {stored.isError && <ErrorCard error={stored.error} />}
    </Modal>
  );
}

function ValuesForm({
  projectId,
  stored,
  onClose,
}: {
  projectId: string;
  stored: Values;
  onClose: () => void;
}) {
  const say = useSay();
  const desk = useDesk();
  const spec = desk.manifest.get(['spec', 'connection_specification']).value as Schema | undefined;
  const isNew = Object.keys(stored).length === 0;
  const store = useSpecForm(spec ?? NO_INPUTS, isNew ? undefined : stored, isNew ? undefined : stored);
  const saving = useMutation({
    mutationFn: () => builder.testingValues(projectId, store.all()),
    onSuccess: onClose,
  });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {say('builder.values.text')}
      </Text>
      <SpecForm spec={spec ?? NO_INPUTS} store={store} />
      {saving.isError && <ErrorCard error={saving.error} />}
      <Group justify="flex-end">
        <Button loading={saving.isPending} onClick={() => store.checkAll() && saving.mutate()}>
          {say('builder.values.save')}
        </Button>
      </Group>
    </Stack>
  );
}

const NO_INPUTS: Schema = { type: 'object', properties: {} };
