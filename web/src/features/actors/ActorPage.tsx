import { Button, Group, List, Modal, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ActorEditor } from '../../actors/ActorEditor';
import { LookPanel } from '../../actors/LookPanel';
import { actor, beginCheck, deleteActor, uses, type Actor, type Kind } from '../../api/actors';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { GoLink } from '../../ui/GoLink';
import { Guarded } from '../../ui/Guarded';
import { Icon } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { ErrorCard, Loading } from '../../ui/states';
import { StatusChip } from '../../ui/StatusChip';

export function SourcePage() {
  return <ActorPage kind="source" />;
}

export function DestinationPage() {
  return <ActorPage kind="destination" />;
}

function ActorPage({ kind }: { kind: Kind }) {
  const { actorId = '' } = useParams({ strict: false });
  const { data, error, isError, refetch } = useQuery(actor(kind, actorId));
  if (isError) {
    return <ErrorCard error={error} onRetry={() => void refetch()} />;
  }
  return data === undefined ? <Loading /> : <Shown key={data.id} actor={data} />;
}

function Shown({ actor: shown }: { actor: Actor }) {
  const say = useSay();
  const { kind, id } = shown;
  const [jobId, setJobId] = useState<number | null>(null);
  const [isDeleting, setDeleting] = useState(false);
  const testing = useMutation({ mutationFn: () => beginCheck(kind, id), onSuccess: setJobId });
  const need = kind === 'source' ? 'edit_sources' : 'edit_destinations';
  return (
    <>
      <PageHeader
        title={shown.name}
        actions={
          <>
            <Guarded need="run">
              {(isOff) => (
                <Button
                  variant="default"
                  disabled={isOff}
                  loading={testing.isPending}
                  onClick={() => testing.mutate()}
                >
                  {say('editor.test')}
                </Button>
              )}
            </Guarded>
            <Guarded need={need}>
              {(isOff) => (
                <Button
                  variant="default"
                  component={GoLink}
                  to={`/w/$ws/${kind}s/new/$definitionId`}
                  params={{ definitionId: shown.definitionId }}
                  search={{ from: id }}
                  disabled={isOff}
                >
                  {say('actor.clone')}
                </Button>
              )}
            </Guarded>
            <Guarded need={need}>
              {(isOff) => (
                <Button
                  variant="default"
                  c="var(--sl-error)"
                  disabled={isOff}
                  onClick={() => setDeleting(true)}
                >
                  {say('action.delete')}
                </Button>
              )}
            </Guarded>
          </>
        }
      />
      <Stack gap="md">
        {testing.isError && <ErrorCard error={testing.error} />}
        {jobId !== null && (
          <LookPanel
            key={jobId}
            jobId={jobId}
            name={shown.name}
            title={say('look.title.check', { name: shown.name })}
            onAgain={() => testing.mutate()}
          />
        )}
        <ActorEditor kind={kind} definitionId={shown.definitionId} before={shown} onDone={() => undefined} />
        <Dependants actor={shown} />
      </Stack>
      {isDeleting && <DeleteDialog actor={shown} onClose={() => setDeleting(false)} />}
    </>
  );
}

function Dependants({ actor: of }: { actor: Actor }) {
  const say = useSay();
  const { data, error, isError, refetch } = useQuery(uses(useWorkspaceId(), of.id));
  return (
    <section>
      <Title order={2} size="h3" mb="xs">
        {say('actor.dependants')}
      </Title>
      {isError && <ErrorCard error={error} onRetry={() => void refetch()} />}
      {data?.all === 0 && <Text c="dimmed">{say('actor.dependants.none')}</Text>}
      {data !== undefined && data.all > 0 && (
        <Stack gap={6}>
          {data.connections.map((each) => (
            <Group key={each.connectionId} gap="sm">
              <GoLink
                to="/w/$ws/connections/$connectionId/$tab"
                params={{ connectionId: each.connectionId, tab: 'status' }}
                className="sl-link"
              >
                {each.name}
              </GoLink>
              <StatusChip status={each.status} />
            </Group>
          ))}
          {data.all > data.connections.length && (
            <Text c="dimmed">
              {say('actor.dependants.more', { count: data.all - data.connections.length })}
            </Text>
          )}
        </Stack>
      )}
    </section>
  );
}

/** Asks before it is deleted. As long as something uses it, it only says what. */
function DeleteDialog({ actor: of, onClose }: { actor: Actor; onClose: () => void }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const go = useNavigate();
  const queries = useQueryClient();
  const { data } = useQuery({ ...uses(ws, of.id), staleTime: 0 });
  const deleting = useMutation({
    mutationFn: () => deleteActor(of.kind, of.id),
    onSuccess: async () => {
      notifications.show({ message: say('actor.deleted', { name: of.name }) });
      await go({ to: `/w/$ws/${of.kind}s`, params: { ws }, ignoreBlocker: true });
      void queries.invalidateQueries({ queryKey: [`${of.kind}s`] });
    },
  });
  const isUsed = data !== undefined && data.all > 0;
  return (
    <Modal opened onClose={onClose} title={say('actor.delete.title', { name: of.name })}>
      <Stack gap="sm">
        {isUsed ? (
          <>
            <Text>{say('actor.delete.blocked', { count: data.all })}</Text>
            <List>
              {data.connections.slice(0, 10).map((each) => (
                <List.Item key={each.connectionId}>
                  <GoLink
                    to="/w/$ws/connections/$connectionId/$tab"
                    params={{ connectionId: each.connectionId, tab: 'status' }}
                    className="sl-link"
                  >
                    {each.name}
                  </GoLink>
                </List.Item>
              ))}
            </List>
          </>
        ) : (
          <Text>{say('actor.delete.text')}</Text>
        )}
        {deleting.isError && <ErrorCard error={deleting.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {say('action.cancel')}
          </Button>
          <Button
            color="red"
            leftSection={<Icon name="trash" />}
            disabled={data === undefined || isUsed}
            loading={deleting.isPending}
            onClick={() => deleting.mutate()}
          >
            {say('action.delete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
