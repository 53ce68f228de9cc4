import {
  Alert,
  Button,
  Checkbox,
  Collapse,
  Group,
  Paper,
  Radio,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
  Title,
  UnstyledButton,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { NextRuns } from '../../schedule/NextRuns';
import { nextTimes } from '../../schedule/queries';
import { cronOf } from '../../schedule/timing';
import { TimingFields } from '../../schedule/TimingFields';
import { catalog } from '../../streams/catalog';
import { Icon } from '../../ui/icons';
import { asProblem } from '../../api/problem';
import { ErrorList, type MappingError } from '../../mapping/ErrorList';
import { ErrorCard } from '../../ui/states';
import { makeTag, tags } from './queries';
import { connectionOf, startSettings, streamsOf, submitDraft, type Policy, type Settings } from './draft';
import { Summary } from './Summary';
import { issues, keyOf, tableOf, type Naming } from '../../streams/streams';
import { prefixOf, WrittenWarning } from '../../streams/Written';
import classes from './Wizard.module.css';
import type { StepProps } from './WizardPage';

const POLICIES: Policy[] = ['propagate_columns', 'propagate_fully', 'ignore', 'disable_connection'];
const NAMESPACES: Naming['definition'][] = ['destination', 'source', 'custom_format'];
const MOST_TAGS = 10;
const LONGEST_TAG = 30;

/** The last step: name, tags, schedule, names of tables, what is advanced. Then it is set up. */
export function ConfigureStep({
  document,
  change,
  go,
  draftId,
  flush,
}: StepProps & { draftId: string; flush: () => Promise<void> }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [starts, setStarts] = useState(true);
  const [wrong, setWrong] = useState<Partial<Record<'name' | 'cron' | 'format', string>>>({});
  const [start] = useState(() => startSettings(document, new Date()));
  const settings = document.page.settings ?? start;
  const wishes = document.page.wishes ?? { intent: 'replicate', way: 'changes', chosen: {} };
  const streams = useQuery(catalog(document.source?.sourceId ?? '', false)).data?.streams ?? [];
  const cron = cronOf(settings.timing);
  const times = useQuery(nextTimes(ws, cron));
  const isMapped = document.page.mappings !== undefined;
  const found = isMapped ? new Map<string, never>() : issues(streams, wishes, settings.naming);
  function set(next: Partial<Settings>) {
    setWrong({});
    change({ ...document, page: { ...document.page, settings: { ...settings, ...next } } });
  }
  const submitting = useMutation({
    mutationFn: async () => {
      change({
        ...document,
        connection: connectionOf(settings, streamsOf(document, streams)),
        page: { ...document.page, settings },
      });
      await flush();
      return submitDraft(draftId, starts);
    },
    onSuccess: async (made) => {
      notifications.show({ message: say('configure.made') });
      void queries.invalidateQueries({ queryKey: ['connections'] });
      await navigate({
        to: '/w/$ws/connections/$connectionId/$tab',
        params: { ws, connectionId: made.connectionId ?? '', tab: 'status' },
      });
    },
  });
  function submit() {
    const problems: typeof wrong = {
      ...(settings.name.trim() === '' ? { name: say('editor.name.empty') } : {}),
      ...(settings.name.trim().length > 120 ? { name: say('editor.name.long') } : {}),
      ...(settings.timing.kind === 'cron' && settings.timing.cron.trim() === ''
        ? { cron: say('configure.cron.empty') }
        : {}),
      ...(settings.naming.definition === 'custom_format' && settings.naming.format.trim() === ''
        ? { format: say('configure.format.empty') }
        : {}),
    };
    setWrong(problems);
    const [first] = Object.keys(problems);
    if (first !== undefined) {
      globalThis.document.getElementById(`configure-${first}`)?.focus();
    } else if (found.size === 0 && !times.isError) {
      submitting.mutate();
    }
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={classes.columns}>
        <Paper withBorder p="md">
          <Title order={2} size="h3" mb="md">
            {say('configure.title')}
          </Title>
          <Stack gap="lg">
            <TextInput
              id="configure-name"
              label={say('configure.name')}
              required
              value={settings.name}
              error={wrong.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <TagField tagIds={settings.tagIds} onChange={(tagIds) => set({ tagIds })} />
            <TimingFields
              timing={settings.timing}
              error={wrong.cron}
              onChange={(timing) => set({ timing })}
            />
            {cron !== undefined && (
              <NextRuns
                times={times.data}
                error={times.error}
                zone={settings.timing.kind === 'cron' ? settings.timing.zone : undefined}
              />
            )}
            <NamingFields
              naming={settings.naming}
              error={wrong.format}
              onChange={(naming) => set({ naming })}
            />
            <Advanced policy={settings.policy} onChange={(policy) => set({ policy })} />
          </Stack>
        </Paper>
        <Summary
          document={document}
          settings={settings}
          streams={streams}
          wishes={wishes}
          next={times.data?.[0]}
        />
      </div>
      <WrittenWarning
        destinationId={document.destination?.destinationId ?? ''}
        tables={streams
          .filter((each) => !isMapped && keyOf(each) in wishes.chosen)
          .map((each) => tableOf(each, wishes.chosen[keyOf(each)], settings.naming))}
        prefix={prefixOf(document.source?.name ?? '', settings.naming.prefix)}
        onPrefix={(prefix) => set({ naming: { ...settings.naming, prefix } })}
      />
      {found.size > 0 && (
        <Alert color="red" role="alert" mt="md" title={say('streams.summary.issues', { count: found.size })}>
          <Button size="xs" variant="default" onClick={() => go('streams')}>
            {say('wizard.step.streams')}
          </Button>
        </Alert>
      )}
      {submitting.isError && (
        <div style={{ marginTop: 16 }}>
          {Array.isArray(asProblem(submitting.error).data.errors) ? (
            <ErrorList errors={asProblem(submitting.error).data.errors as MappingError[]} />
          ) : (
            <ErrorCard error={submitting.error} />
          )}
        </div>
      )}
      <footer className={classes.footer}>
        <Button variant="default" onClick={() => go('streams')}>
          {say('action.back')}
        </Button>
        <Checkbox
          ml="auto"
          label={say('configure.start')}
          checked={starts}
          onChange={(event) => setStarts(event.currentTarget.checked)}
        />
        <Button type="submit" loading={submitting.isPending}>
          {say('configure.submit')}
        </Button>
      </footer>
    </form>
  );
}

function TagField({ tagIds, onChange }: { tagIds: string[]; onChange: (ids: string[]) => void }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const queries = useQueryClient();
  const { data } = useQuery(tags(ws));
  const [error, setError] = useState<string>();
  const names = new Map((data ?? []).map((each) => [each.tagId, each.name]));
  async function choose(chosen: string[]) {
    if (chosen.some((name) => name.length > LONGEST_TAG)) {
      setError(say('configure.tags.long'));
      return;
    }
    setError(undefined);
    const byName = new Map([...names].map(([id, name]) => [name, id]));
    const ids: string[] = [];
    for (const name of chosen) {
      ids.push(byName.get(name) ?? (await makeTag(ws, name)));
    }
    await queries.invalidateQueries({ queryKey: ['tags', ws] });
    onChange(ids);
  }
  return (
    <TagsInput
      label={say('configure.tags')}
      description={say('configure.tags.help')}
      error={error}
      maxTags={MOST_TAGS}
      value={tagIds.flatMap((id) => names.get(id) ?? [])}
      data={[...names.values()]}
      onChange={(chosen) => void choose(chosen)}
    />
  );
}

function NamingFields({
  naming,
  error,
  onChange,
}: {
  naming: Naming;
  error: string | undefined;
  onChange: (naming: Naming) => void;
}) {
  const say = useSay();
  return (
    <>
      <Radio.Group
        label={say('configure.namespace')}
        value={naming.definition}
        onChange={(value) =>
          onChange({ ...naming, definition: NAMESPACES.find((each) => each === value) ?? 'destination' })
        }
      >
        <Stack gap={6} mt={6}>
          {NAMESPACES.map((each) => (
            <Radio key={each} value={each} label={say(`configure.namespace.${each}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {naming.definition === 'custom_format' && (
        <TextInput
          id="configure-format"
          label={say('configure.format')}
          description={say('configure.format.help')}
          error={error}
          value={naming.format}
          onChange={(event) => onChange({ ...naming, format: event.currentTarget.value })}
        />
      )}
      <TextInput
        label={say('configure.prefix')}
        description={say('configure.prefix.help')}
        value={naming.prefix}
        onChange={(event) => onChange({ ...naming, prefix: event.currentTarget.value })}
      />
    </>
  );
}

function Advanced({ policy, onChange }: { policy: Policy; onChange: (policy: Policy) => void }) {
  const say = useSay();
  const [isOpen, setOpen] = useState(policy !== 'propagate_columns');
  return (
    <div>
      <UnstyledButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Group gap={6}>
          <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} />
          <Text size="sm" fw={500}>
            {say('configure.advanced')}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen} transitionDuration={120}>
        <Select
          mt="sm"
          label={say('configure.policy')}
          allowDeselect={false}
          value={policy}
          data={POLICIES.map((each) => ({ value: each, label: say(`configure.policy.${each}`) }))}
          onChange={(value) => onChange(POLICIES.find((each) => each === value) ?? policy)}
        />
      </Collapse>
    </div>
  );
}
