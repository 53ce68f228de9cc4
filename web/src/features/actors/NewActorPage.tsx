import { Alert, Anchor, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ActorEditor } from '../../actors/ActorEditor';
import { withoutSecrets } from '../../actors/clone';
import { Gallery } from '../../actors/Gallery';
import { actor, type Kind } from '../../api/actors';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { GoLink } from '../../ui/GoLink';
import { PageHeader } from '../../ui/PageHeader';
import { ErrorCard, Loading } from '../../ui/states';

export function NewSourcePage() {
  return <PickPage kind="source" />;
}

export function NewDestinationPage() {
  return <PickPage kind="destination" />;
}

export function NewSourceForm() {
  return <FormPage kind="source" />;
}

export function NewDestinationForm() {
  return <FormPage kind="destination" />;
}

function PickPage({ kind }: { kind: Kind }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const go = useNavigate();
  return (
    <>
      <PageHeader title={say(`actors.pick.${kind}`)} />
      <Gallery
        kind={kind}
        onChoose={(definitionId) =>
          void go({ to: `/w/$ws/${kind}s/new/$definitionId`, params: { ws, definitionId }, search: {} })
        }
      />
    </>
  );
}

function FormPage({ kind }: { kind: Kind }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const go = useNavigate();
  const { definitionId = '' } = useParams({ strict: false });
  const { from } = useSearch({ strict: false });
  const copied = useQuery({ ...actor(kind, from ?? ''), enabled: from !== undefined });
  const start =
    copied.data === undefined
      ? undefined
      : { name: copied.data.name, configuration: withoutSecrets(copied.data.configuration) };
  return (
    <>
      <PageHeader title={say(`actors.new.${kind}`)} />
      <Stack gap="md">
        <Anchor component={GoLink} to={`/w/$ws/${kind}s/new`} size="sm" w="fit-content">
          {say('editor.back')}
        </Anchor>
        {copied.isError && <ErrorCard error={copied.error} />}
        {start !== undefined && <Alert maw={720}>{say('editor.cloneHint')}</Alert>}
        {from !== undefined && copied.isPending ? (
          <Loading />
        ) : (
          <ActorEditor
            kind={kind}
            definitionId={definitionId}
            {...(start === undefined ? {} : { start })}
            onDone={(made) =>
              void go({
                to: `/w/$ws/${kind}s/$actorId`,
                params: { ws, actorId: made.id },
                ignoreBlocker: true,
              })
            }
          />
        )}
      </Stack>
    </>
  );
}
