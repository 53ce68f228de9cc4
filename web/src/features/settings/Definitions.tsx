import { ActionIcon, Anchor, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { connectors } from '../../api/actors';
import { api, ok } from '../../api/client';
import type { Connector } from '../../api/schema';
import { useMay } from '../../app/may';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { ErrorCard, Loading } from '../../ui/states';
import { AddConnector } from './AddConnector';
import { Section } from './Section';

/** The connectors of a workspace: those of the server, and those that somebody brought. */
export function Definitions() {
  const say = useSay();
  const ws = useWorkspaceId();
  const may = useMay();
  const queries = useQueryClient();
  const sources = useQuery(connectors(ws, 'source'));
  const destinations = useQuery(connectors(ws, 'destination'));
  const [error, setError] = useState<Error>();
  const refresh = () => queries.invalidateQueries({ queryKey: ['connectors', ws] });
  const deleting = useMutation({
    mutationFn: (definitionId: string) =>
      ok(
        api.DELETE('/api/sluice/v1/workspaces/{workspaceId}/connectors/{definitionId}', {
          params: { path: { workspaceId: ws, definitionId } },
        }),
      ),
    onMutate: () => setError(undefined),
    onError: setError,
    onSettled: refresh,
  });
  const failed = sources.error ?? destinations.error;
  const all = [...(sources.data ?? []), ...(destinations.data ?? [])];
  return (
    <>
      <Section title={say('prefs.definitions')} text={say('prefs.definitions.text')}>
        {error !== undefined && <ErrorCard error={error} title={say('prefs.definitions.notRemoved')} />}
        {failed !== null ? (
          <ErrorCard error={failed} onRetry={() => void refresh()} />
        ) : sources.isPending || destinations.isPending ? (
          <Loading />
        ) : (
          <table className="sl-table">
            <thead>
              <tr>
                <th>{say('prefs.definitions.name')}</th>
                <th>{say('prefs.definitions.kind')}</th>
                <th>{say('prefs.definitions.version')}</th>
                <th>{say('prefs.definitions.runs')}</th>
                <th>{say('prefs.definitions.level')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {all.map((each) => (
                <Row
                  key={`${each.kind} ${each.definitionId}`}
                  connector={each}
                  mayEdit={may('edit')}
                  onDelete={() => deleting.mutate(each.definitionId)}
                  onChanged={() => void refresh()}
                />
              ))}
            </tbody>
          </table>
        )}
      </Section>
      {may('edit') && <AddConnector onAdded={() => void refresh()} />}
    </>
  );
}

function Row({
  connector,
  mayEdit,
  onDelete,
  onChanged,
}: {
  connector: Connector;
  mayEdit: boolean;
  onDelete: () => void;
  onChanged: () => void;
}) {
  const say = useSay();
  const hasVersions = ['image', 'pypi', 'npm'].includes(connector.origin);
  return (
    <tr>
      <td>
        {connector.documentationUrl === undefined ? (
          connector.name
        ) : (
          <Anchor href={connector.documentationUrl} target="_blank" rel="noreferrer">
            {connector.name}
          </Anchor>
        )}
        {connector.place !== undefined && (
          <Text size="xs" c="dimmed">
            {connector.place}
          </Text>
        )}
      </td>
      <td>{say(connector.kind === 'source' ? 'connection.source' : 'connection.destination')}</td>
      <td>
        {connector.isCustom && hasVersions && mayEdit ? (
          <Version connector={connector} onChanged={onChanged} />
        ) : (
          connector.version
        )}
      </td>
      <td>
        {say(`prefs.definitions.origin.${connector.origin}`)}
        {!connector.isAllowed && (
          <Text size="xs" c="dimmed">
            {say('prefs.definitions.notAllowed')}
          </Text>
        )}
      </td>
      <td>{say(`gallery.level.${connector.supportLevel}`)}</td>
      <td className="sl-number">
        {connector.isCustom && (
          <ActionIcon
            aria-label={say('prefs.definitions.remove', { name: connector.name })}
            disabled={!mayEdit}
            onClick={onDelete}
          >
            <Icon name="trash" />
          </ActionIcon>
        )}
      </td>
    </tr>
  );
}

/** Another version counts for all that use the connector, from their next run on. */
function Version({ connector, onChanged }: { connector: Connector; onChanged: () => void }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const [version, setVersion] = useState(connector.version);
  const saving = useMutation({
    mutationFn: () =>
      ok(
        api.PUT('/api/sluice/v1/workspaces/{workspaceId}/connectors/{definitionId}', {
          params: { path: { workspaceId: ws, definitionId: connector.definitionId } },
          body: { version: version.trim() },
        }),
      ),
    onSuccess: onChanged,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <Group gap={4} wrap="nowrap">
        <TextInput
          size="xs"
          w={120}
          aria-label={say('prefs.definitions.versionOf', { name: connector.name })}
          value={version}
          error={saving.error?.message}
          onChange={(event) => setVersion(event.currentTarget.value)}
        />
        {version.trim() !== connector.version && version.trim() !== '' && (
          <ActionIcon type="submit" loading={saving.isPending} aria-label={say('action.save')}>
            <Icon name="check" />
          </ActionIcon>
        )}
      </Group>
    </form>
  );
}
