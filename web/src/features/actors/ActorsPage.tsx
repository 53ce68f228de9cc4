import { Button, Group, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConnectorIcon } from '../../actors/ConnectorIcon';
import { isMeant } from '../../actors/connectorLook';
import { actors, connectors, uses, type Actor, type Kind } from '../../api/actors';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { GoLink } from '../../ui/GoLink';
import { Guarded } from '../../ui/Guarded';
import { Icon } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { Empty, ErrorCard, Loading } from '../../ui/states';
import { When } from '../../ui/When';

export function SourcesPage() {
  return <ActorsPage kind="source" />;
}

export function DestinationsPage() {
  return <ActorsPage kind="destination" />;
}

/** All sources or destinations of a workspace. */
function ActorsPage({ kind }: { kind: Kind }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const [text, setText] = useState('');
  const { data, error, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    actors(ws, kind),
  );
  const known = useQuery(connectors(ws, kind));
  const title = new Map(known.data?.map((each) => [each.definitionId, each.name]));
  const all = data?.pages.flat();
  const shown = all?.filter((each) =>
    isMeant({ name: `${each.name} ${title.get(each.definitionId) ?? ''}`, connector: each.connector }, text),
  );
  const make = (
    <Guarded need={kind === 'source' ? 'edit_sources' : 'edit_destinations'}>
      {(isOff) => (
        <Button
          component={GoLink}
          to={`/w/$ws/${kind}s/new`}
          leftSection={<Icon name="plus" />}
          disabled={isOff}
        >
          {say(`actors.new.${kind}`)}
        </Button>
      )}
    </Guarded>
  );
  return (
    <>
      <PageHeader title={say(`page.${kind}s`)} actions={all?.length === 0 ? undefined : make} />
      {isError && <ErrorCard error={error} onRetry={() => void refetch()} />}
      {all === undefined && !isError && <Loading rows={8} height={32} />}
      {all?.length === 0 && (
        <div className="sl-card">
          <Empty
            icon={kind}
            title={say(`actors.none.${kind}`)}
            text={say(`actors.none.text.${kind}`)}
            action={make}
          />
        </div>
      )}
      {all !== undefined && shown !== undefined && all.length > 0 && (
        <>
          <TextInput
            mb="sm"
            maw={360}
            leftSection={<Icon name="search" />}
            aria-label={say('actors.search')}
            placeholder={say('actors.search')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {shown.length === 0 ? (
            <div className="sl-card">
              <Empty
                icon="filter"
                title={say('actors.noMatch', { text })}
                action={
                  <Button variant="default" onClick={() => setText('')}>
                    {say('action.clearFilters')}
                  </Button>
                }
              />
            </div>
          ) : (
            <div className="sl-card" style={{ overflowX: 'auto' }}>
              <table className="sl-table">
                <thead>
                  <tr>
                    <th>{say('actors.name')}</th>
                    <th>{say('actors.connector')}</th>
                    <th className="sl-number">{say('actors.uses')}</th>
                    <th>{say('actors.created')}</th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((each) => (
                    <Row
                      key={each.id}
                      actor={each}
                      connector={title.get(each.definitionId) ?? each.connector}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {hasNextPage && (
            <Button
              mt="sm"
              variant="default"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {say('actors.loadMore')}
            </Button>
          )}
        </>
      )}
    </>
  );
}

function Row({ actor, connector }: { actor: Actor; connector: string }) {
  const format = useFormat();
  const { data } = useQuery(uses(useWorkspaceId(), actor.id));
  return (
    <tr>
      <td>
        <Group gap="sm" wrap="nowrap">
          <ConnectorIcon name={connector} />
          <GoLink to={`/w/$ws/${actor.kind}s/$actorId`} params={{ actorId: actor.id }} className="sl-link">
            {actor.name}
          </GoLink>
        </Group>
      </td>
      <td>{connector}</td>
      <td className="sl-number">{data === undefined ? '' : format.count(data.all)}</td>
      <td>
        <When time={actor.createdAt * 1000} />
      </td>
    </tr>
  );
}
