import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { asProblem } from '../../api/problem';
import type { Draft } from '../../api/schema';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { ErrorCard, Loading } from '../../ui/states';
import { When } from '../../ui/When';
import { ConfigureStep } from './ConfigureStep';
import {
  beginDraft,
  deleteDraft,
  documentOf,
  draft,
  drafts,
  saveDraft,
  spare,
  spared,
  type Document,
} from './draft';
import { Keeper, type Keeping } from './keeper';
import { SideStep } from './SideStep';
import { StreamsStep } from './StreamsStep';
import classes from './Wizard.module.css';

const STEPS = ['source', 'destination', 'streams', 'configure'] as const;
export type StepName = (typeof STEPS)[number];

/** What each step works with. */
export interface StepProps {
  document: Document;
  change: (document: Document) => void;
  go: (step: StepName) => void;
}

/** Begins a draft, or goes on with one that was begun before. */
export function WizardStart() {
  const say = useSay();
  const ws = useWorkspaceId();
  const go = useNavigate();
  const queries = useQueryClient();
  const open = (id: string, step: StepName) =>
    go({ to: '/w/$ws/connections/new/$step', params: { ws, step }, search: { draft: id }, replace: true });
  const { data, error, isError, refetch } = useQuery({ ...drafts(ws), staleTime: 0 });
  const begin = useMutation({
    mutationFn: () => beginDraft(ws),
    onSuccess: (made) => open(made.draftId, 'source'),
  });
  const discard = useMutation({
    mutationFn: deleteDraft,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['drafts', ws] }),
  });
  const { mutate, isIdle } = begin;
  const isFirst = data?.length === 0;
  useEffect(() => {
    if (isFirst && isIdle) {
      mutate();
    }
  }, [isFirst, isIdle, mutate]);
  return (
    <>
      <PageHeader title={say('wizard.title')} />
      {isError && <ErrorCard error={error} onRetry={() => void refetch()} />}
      {begin.isError && <ErrorCard error={begin.error} onRetry={() => begin.mutate()} />}
      {(data === undefined || isFirst) && !isError && !begin.isError && <Loading />}
      {data !== undefined && !isFirst && (
        <Alert title={say('wizard.drafts')} maw={720}>
          <Stack gap="sm">
            <Text size="sm">{say('wizard.drafts.text')}</Text>
            {data.map((each) => (
              <Group key={each.draftId} justify="space-between">
                <Text fw={500}>{each.name ?? say('wizard.drafts.none')}</Text>
                <Group gap="xs">
                  <Text size="sm" c="dimmed">
                    <When time={each.updatedAt} />
                  </Text>
                  <Button size="xs" onClick={() => void open(each.draftId, 'source')}>
                    {say('wizard.drafts.go')}
                  </Button>
                  <Button size="xs" variant="default" onClick={() => discard.mutate(each.draftId)}>
                    {say('wizard.discard')}
                  </Button>
                </Group>
              </Group>
            ))}
            <Button
              variant="default"
              w="fit-content"
              loading={begin.isPending}
              onClick={() => begin.mutate()}
            >
              {say('wizard.drafts.new')}
            </Button>
          </Stack>
        </Alert>
      )}
    </>
  );
}

/** A step of setting up a connection. */
export function WizardPage() {
  const { draft: id = '' } = useSearch({ strict: false });
  // An address that names no draft is one to begin at.
  return id === '' ? <WizardStart /> : <DraftPage id={id} />;
}

function DraftPage({ id }: { id: string }) {
  const { data, error, isError, refetch } = useQuery(draft(id));
  if (isError) {
    return <ErrorCard error={error} onRetry={() => void refetch()} />;
  }
  return data === undefined ? (
    <Loading />
  ) : (
    <Wizard key={`${data.draftId} ${data.version}`} kept={data} onReload={() => void refetch()} />
  );
}

function Wizard({ kept, onReload }: { kept: Draft; onReload: () => void }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const navigate = useNavigate();
  const { step: word } = useParams({ strict: false });
  const unsaved = useMemo(() => spared(kept), [kept]);
  const keeper = useMemo(
    () =>
      new Keeper(
        unsaved ?? documentOf(kept),
        kept.version,
        Date.parse(kept.updatedAt),
        (version, document: Document) => saveDraft(kept.draftId, version, document),
        (failure) => asProblem(failure).status === 409,
      ),
    [kept, unsaved],
  );
  useEffect(() => {
    const stop = keeper.subscribe(() =>
      spare(kept.draftId, keeper.seen, keeper.keeping.state === 'kept' ? undefined : keeper.document),
    );
    if (unsaved !== undefined) {
      keeper.change(unsaved);
    }
    const leave = () => void keeper.flush();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      stop();
      void keeper.flush();
    };
  }, [keeper, kept, unsaved]);
  const document = useSyncExternalStore(keeper.subscribe, () => keeper.document);
  const keeping = useSyncExternalStore(keeper.subscribe, () => keeper.keeping);
  const reached = reachedOf(document);
  const wished = STEPS.find((each) => each === word) ?? 'source';
  const step = STEPS.indexOf(wished) > STEPS.indexOf(reached) ? reached : wished;
  const go = (to: StepName) =>
    void navigate({
      to: '/w/$ws/connections/new/$step',
      params: { ws, step: to },
      search: { draft: kept.draftId },
    });
  const props: StepProps = { document, change: (next) => keeper.change(next), go };
  return (
    <>
      <PageHeader title={say('wizard.title')} actions={<Kept keeping={keeping} />} />
      <nav aria-label={say('wizard.steps')}>
        <ol className={classes.steps}>
          {STEPS.map((each, index) => {
            const isOpen = index <= STEPS.indexOf(reached);
            return (
              <li key={each}>
                <button
                  type="button"
                  className={classes.step}
                  disabled={!isOpen}
                  aria-current={each === step ? 'step' : undefined}
                  onClick={() => go(each)}
                >
                  <span className={classes.number}>
                    {index < STEPS.indexOf(step) ? <Icon name="check" size={12} /> : index + 1}
                  </span>
                  {each === 'streams' && document.page.mappings !== undefined
                    ? say('mapping.step')
                    : say(`wizard.step.${each}`)}
                </button>
              </li>
            );
          })}
        </ol>
      </nav>
      {keeping.state === 'conflict' && (
        <Alert color="yellow" role="alert" mb="md" title={say('wizard.keeping.conflict')}>
          <Button size="xs" variant="default" onClick={onReload}>
            {say('wizard.reload')}
          </Button>
        </Alert>
      )}
      {step === 'source' && <SideStep key="source" kind="source" {...props} />}
      {step === 'destination' && <SideStep key="destination" kind="destination" {...props} />}
      {step === 'streams' && <StreamsStep {...props} />}
      {step === 'configure' && (
        <ConfigureStep {...props} draftId={kept.draftId} flush={() => keeper.flush()} />
      )}
    </>
  );
}

/** How far one may go: what comes later builds on what was chosen before. */
export function reachedOf({ source, destination, page }: Document): StepName {
  if (source === undefined) {
    return 'source';
  }
  if (destination === undefined) {
    return 'destination';
  }
  const isReady =
    page.mappings === undefined
      ? Object.keys(page.wishes?.chosen ?? {}).length > 0
      : (page.mapped ?? []).length > 0;
  return isReady ? 'configure' : 'streams';
}

function Kept({ keeping }: { keeping: Keeping }) {
  const say = useSay();
  const format = useFormat();
  const text =
    keeping.state === 'kept'
      ? say('wizard.keeping.kept', { time: format.relative(keeping.at) })
      : keeping.state === 'failed'
        ? say('wizard.keeping.failed', { why: asProblem(keeping.error).message })
        : keeping.state === 'conflict'
          ? ''
          : say(`wizard.keeping.${keeping.state}`);
  return (
    <Text size="sm" c={keeping.state === 'failed' ? 'var(--sl-error)' : 'dimmed'} role="status">
      {text}
    </Text>
  );
}
