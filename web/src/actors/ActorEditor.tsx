import {
  ActionIcon,
  Alert,
  Anchor,
  Button,
  Group,
  Menu,
  Paper,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { beginCheck, changeActor, connector, makeActor, type Actor, type Kind } from '../api/actors';
import type { Look } from '../api/looks';
import type { ConnectorDetail } from '../api/schema';
import { useWorkspaceId } from '../app/workspace';
import { Guide } from '../forms/Guide';
import type { Schema } from '../forms/schema';
import { focusOn, SpecForm, useSpecForm } from '../forms/SpecForm';
import { prepared, type Values } from '../forms/values';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import { ErrorCard, Loading } from '../ui/states';
import classes from './actors.module.css';
import { ConnectorIcon } from './ConnectorIcon';
import { LookPanel } from './LookPanel';
import { SignIn } from './SignIn';

interface Props {
  kind: Kind;
  definitionId: string;
  /** What is edited; undefined for something new. */
  before?: Actor;
  /** What a new one begins with. */
  start?: { name: string; configuration: Values };
  /** Called once it is saved and, unless that was left out, has passed its test. */
  onDone: (actor: Actor) => void;
}

/** The form of a source or destination: entered, saved, tested. */
export function ActorEditor(props: Props) {
  const say = useSay();
  const ws = useWorkspaceId();
  const { data, error, isError, refetch } = useQuery(connector(ws, props.definitionId));
  if (isError) {
    return <ErrorCard error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Loading rows={6} height={36} />;
  }
  return data.spec === undefined ? (
    <Alert color="yellow">{say('editor.noSpec')}</Alert>
  ) : (
    <Editor {...props} connector={data} spec={data.spec} />
  );
}

const LONGEST_NAME = 120;

function Editor({
  kind,
  definitionId,
  before,
  start,
  onDone,
  connector: of,
  spec,
}: Props & { connector: ConnectorDetail; spec: Schema }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const queries = useQueryClient();
  const [name, setName] = useState(before?.name ?? start?.name ?? of.name);
  const [nameError, setNameError] = useState<string>();
  const [saved, setSaved] = useState(before);
  const [jobId, setJobId] = useState<number | null>(null);
  const store = useSpecForm(spec, start?.configuration, before?.configuration);
  const [isClean, setClean] = useState(true);
  const [secretId, setSecretId] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => store.subscribe(() => setClean(false)), [store]);
  useBlocker({
    shouldBlockFn: () => !isClean && !window.confirm(say('editor.leave')),
    enableBeforeUnload: () => !isClean,
    disabled: isClean,
  });

  const saving = useMutation({
    mutationFn: async (tests: boolean) => {
      const wish = {
        name: name.trim(),
        definitionId,
        configuration: prepared(spec, store.all()),
        ...(secretId === undefined ? {} : { secretId }),
      };
      const actor =
        saved === undefined ? await makeActor(ws, kind, wish) : await changeActor(kind, saved.id, wish);
      return { actor, jobId: tests ? await beginCheck(kind, actor.id) : null };
    },
    onSuccess: ({ actor, jobId: begun }) => {
      setSaved(actor);
      setClean(true);
      setJobId(begun);
      void queries.invalidateQueries({ queryKey: [`${kind}s`] });
      if (begun === null) {
        notifications.show({ message: say('editor.saved', { name: actor.name }) });
        onDone(actor);
      }
    },
  });

  function submit(tests: boolean) {
    const text = name.trim();
    const wrong =
      text === '' ? 'editor.name.empty' : text.length > LONGEST_NAME ? 'editor.name.long' : undefined;
    setNameError(wrong === undefined ? undefined : say(wrong));
    // What the consent has brought is not in the form; the server puts it in and checks the whole.
    const isFine = secretId !== undefined || store.checkAll();
    if (wrong !== undefined) {
      document.getElementById('actor-name')?.focus();
    } else if (!isFine) {
      focusOn(store.complaints()[0]?.path ?? []);
    } else if (!saving.isPending) {
      saving.mutate(tests);
    }
  }

  function ended(look: Look) {
    if (look.job.status === 'succeeded' && saved !== undefined) {
      onDone(saved);
    }
  }

  return (
    <div className={classes.columns}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(true);
        }}
        onKeyDown={(event) => {
          if ((event.ctrlKey || event.metaKey) && event.key === 's') {
            event.preventDefault();
            submit(true);
          }
        }}
      >
        <Stack gap="md">
          <Paper withBorder p="md">
            <TextInput
              id="actor-name"
              label={say(`editor.name.${kind}`)}
              required
              value={name}
              error={nameError}
              onChange={(event) => {
                setName(event.currentTarget.value);
                setClean(false);
                setNameError(undefined);
              }}
            />
          </Paper>
          {of.canSignIn && kind === 'source' && (
            <SignIn
              workspaceId={ws}
              definitionId={definitionId}
              name={of.name}
              values={() => prepared(spec, store.all())}
              secretId={secretId}
              onDone={setSecretId}
            />
          )}
          <SpecForm spec={spec} store={store} />
          {saving.isError && <ErrorCard error={saving.error} />}
          {jobId !== null && saved !== undefined && (
            <LookPanel
              key={jobId}
              jobId={jobId}
              name={saved.name}
              title={say('look.title.check', { name: saved.name })}
              onEnd={ended}
            />
          )}
          {jobId !== null && before === undefined && saved !== undefined && (
            <Text size="sm" c="dimmed">
              {say('editor.savedUntested')}
            </Text>
          )}
          <Group gap="xs">
            <Button type="submit" loading={saving.isPending}>
              {say(saved === undefined ? `editor.setUp.${kind}` : 'editor.testAndSave')}
            </Button>
            <Menu position="top-start">
              <Menu.Target>
                <ActionIcon size={34} variant="default" aria-label={say('action.more')}>
                  <Icon name="dots" />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => submit(false)}>{say('editor.saveOnly')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        </Stack>
      </form>
      <About connector={of} spec={spec} form={form} />
    </div>
  );
}

/** What one has to know while one fills the form in. */
function About({
  connector: of,
  spec,
  form,
}: {
  connector: ConnectorDetail;
  spec: Schema;
  form: RefObject<HTMLElement | null>;
}) {
  const say = useSay();
  return (
    <Paper
      withBorder
      p="md"
      component="aside"
      className={classes.about ?? ''}
      aria-label={say('editor.about', { name: of.name })}
    >
      <Group gap="sm" mb="xs">
        <ConnectorIcon name={of.name} />
        <Title order={2} size="h3">
          {of.name}
        </Title>
      </Group>
      <Stack gap={6}>
        <Text size="sm" c="dimmed">
          {say('editor.version', { version: of.version })} · {say(`gallery.level.${of.supportLevel}`)}
        </Text>
        {of.isNative && <Text size="sm">{say('gallery.native.help')}</Text>}
        <Text size="sm">{say('editor.secrets')}</Text>
        {of.documentationUrl && (
          <Anchor href={of.documentationUrl} target="_blank" rel="noreferrer noopener" size="sm">
            {say('editor.docs')}
          </Anchor>
        )}
        <Guide spec={spec} form={form} />
      </Stack>
    </Paper>
  );
}
