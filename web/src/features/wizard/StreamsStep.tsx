import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { LookPanel } from '../../actors/LookPanel';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { Empty, ErrorCard, Loading } from '../../ui/states';
import type { StreamConfiguration } from '../../streams/edits';
import { beginDiscovery, catalog, destinationModes } from '../../streams/catalog';
import { EMPTY, type Mapping } from '../../mapping/mapping';
import { objects } from '../../mapping/queries';
import { IntentCards } from './IntentCards';
import { MappingsStep } from './MappingsStep';
import { WayCards } from './WayCards';
import { SchemaTable } from '../../streams/SchemaTable';
import { begin, issues, type Wishes } from '../../streams/streams';
import classes from './Wizard.module.css';
import type { StepProps } from './WizardPage';

const DEFAULT_NAMING = { definition: 'destination', format: '', prefix: '' } as const;

/** Which streams come along, and how. Fetches the schema first where nobody has. */
export function StreamsStep({ document, change, go }: StepProps) {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const sourceId = document.source?.sourceId ?? '';
  const fetched = useQuery(catalog(sourceId, false));
  const writes = useQuery(destinationModes(document.destination?.destinationId ?? ''));
  const [jobId, setJobId] = useState<number | null>(null);
  const [isAsked, ask] = useState(false);
  const fetching = useMutation({ mutationFn: () => beginDiscovery(sourceId), onSuccess: setJobId });
  const { mutate, isIdle } = fetching;
  const isUnknown = fetched.data !== undefined && fetched.data.fetchedAt === undefined;
  useEffect(() => {
    if (isUnknown && isIdle) {
      mutate();
    }
  }, [isUnknown, isIdle, mutate]);

  const streams = fetched.data?.streams;
  const modes = writes.data;
  const wishes = document.page.wishes;
  useEffect(() => {
    if (wishes === undefined && streams !== undefined && modes !== undefined && !isUnknown) {
      change({ ...document, page: { ...document.page, wishes: begin(streams, modes) } });
    }
  }, [wishes, streams, modes, isUnknown, document, change]);
  const naming = document.page.settings?.naming ?? DEFAULT_NAMING;
  const found = useMemo(
    () =>
      streams === undefined || wishes === undefined
        ? new Map<string, never>()
        : issues(streams, wishes, naming),
    [streams, wishes, naming],
  );

  const destinationId = document.destination?.destinationId ?? '';
  // A destination that cannot tell makes tables of its own, or a check has told why already.
  const known = useQuery(objects(destinationId)).data ?? [];
  const { mappings } = document.page;
  const setMappings = useCallback(
    (next: Mapping[] | undefined, mapped: StreamConfiguration[]) => {
      const page = { ...document.page };
      delete page.mappings;
      change({ ...document, page: next === undefined ? page : { ...page, mappings: next, mapped } });
    },
    [document, change],
  );
  const setWishes = (next: Wishes) => change({ ...document, page: { ...document.page, wishes: next } });
  const chosen = Object.keys(wishes?.chosen ?? {}).length;
  function next() {
    if (chosen > 0 && found.size === 0) {
      go('configure');
    } else {
      ask(true);
    }
  }
  return (
    <Stack gap="md">
      {fetched.isError && <ErrorCard error={fetched.error} onRetry={() => void fetched.refetch()} />}
      {writes.isError && <ErrorCard error={writes.error} onRetry={() => void writes.refetch()} />}
      {fetching.isError && <ErrorCard error={fetching.error} onRetry={() => fetching.mutate()} />}
      {jobId !== null && (
        <LookPanel
          key={jobId}
          jobId={jobId}
          name={document.source?.name ?? ''}
          title={say('look.title.discover', { name: document.source?.name ?? '' })}
          onAgain={() => fetching.mutate()}
          onEnd={(look) => {
            if (look.job.status === 'succeeded') {
              setJobId(null);
              void queries.invalidateQueries({ queryKey: ['sources', 'catalog', sourceId] });
            }
          }}
        />
      )}
      {streams === undefined || modes === undefined || wishes === undefined ? (
        !fetched.isError && !writes.isError && jobId === null && <Loading rows={10} height={34} />
      ) : streams.length === 0 ? (
        <div className="sl-card">
          <Empty icon="table" title={say('streams.none')} text={say('streams.none.text')} />
        </div>
      ) : (
        <>
          {known.length > 0 && (
            <WayCards
              isMapped={mappings !== undefined}
              onChange={(isMapped) => setMappings(isMapped ? (mappings ?? [EMPTY]) : undefined, [])}
            />
          )}
          {mappings === undefined && (
            <>
              <IntentCards wishes={wishes} streams={streams} writes={modes} onChange={setWishes} />
              <SchemaTable
                sourceId={sourceId}
                streams={streams}
                writes={modes}
                wishes={wishes}
                found={found}
                naming={naming}
                onChange={setWishes}
                actions={
                  <Group gap="sm">
                    <Text size="sm" c="dimmed">
                      {fetched.data?.fetchedAt !== undefined &&
                        say('wizard.fetched', { time: format.relative(fetched.data.fetchedAt) })}
                    </Text>
                    <Button
                      size="xs"
                      variant="default"
                      loading={fetching.isPending}
                      leftSection={<Icon name="refresh" size={14} />}
                      onClick={() => fetching.mutate()}
                    >
                      {say('wizard.fetch.again')}
                    </Button>
                  </Group>
                }
              />
            </>
          )}
        </>
      )}
      {mappings !== undefined && streams !== undefined && (
        <MappingsStep
          sourceId={sourceId}
          destinationId={destinationId}
          streams={streams}
          mappings={mappings}
          onChange={setMappings}
          go={go}
        />
      )}
      {mappings === undefined && isAsked && chosen === 0 && (
        <Alert color="red" role="alert">
          {say('streams.needsOne')}
        </Alert>
      )}
      {mappings === undefined && isAsked && found.size > 0 && (
        <Alert color="red" role="alert">
          {say('streams.summary.issues', { count: found.size })}
        </Alert>
      )}
      {mappings === undefined && (
        <footer className={classes.footer}>
          <Button variant="default" onClick={() => go('destination')}>
            {say('action.back')}
          </Button>
          <Text size="sm" c="dimmed" style={{ marginLeft: 'auto' }}>
            {say('streams.summary', { chosen, all: streams?.length ?? 0 })}
            {found.size > 0 && ` · ${say('streams.summary.issues', { count: found.size })}`}
          </Text>
          <Button onClick={next}>{say('action.next')}</Button>
        </footer>
      )}
    </Stack>
  );
}
