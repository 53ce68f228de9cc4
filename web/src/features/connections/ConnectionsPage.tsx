import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { GoLink } from '../../ui/GoLink';
import { Guarded } from '../../ui/Guarded';
import { Icon } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { Empty, ErrorCard, Loading } from '../../ui/states';
import { BulkBar } from './BulkBar';
import { ConnectionFilters } from './ConnectionFilters';
import { ConnectionTable } from './ConnectionTable';
import { connectionCounts, readFilter, written, type ConnectionFilter } from '../../api/connections';

/** All connections of a workspace: how they are, which ones one looks for, and what is done to many at once. */
export function ConnectionsPage() {
  const say = useSay();
  const ws = useWorkspaceId();
  const filter = readFilter(useSearch({ strict: false }));
  const go = useNavigate();
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const counts = useQuery(connectionCounts(ws, filter));
  const all = useQuery(connectionCounts(ws, {}));
  function narrow(next: ConnectionFilter) {
    choose(new Set());
    void go({ to: '.', resetScroll: false, search: written(next) as never, replace: true });
  }
  const count = filter.status === undefined ? counts.data?.all : counts.data?.byStatus[filter.status];
  const make = (
    <Guarded need="edit">
      {(isOff) => (
        <Button
          component={GoLink}
          to="/w/$ws/connections/new"
          leftSection={<Icon name="plus" />}
          disabled={isOff}
        >
          {say('connections.new')}
        </Button>
      )}
    </Guarded>
  );
  const isNew = all.data?.all === 0;
  return (
    <>
      <PageHeader title={say('page.connections')} actions={isNew ? undefined : make} />
      {counts.isError && <ErrorCard error={counts.error} onRetry={() => void counts.refetch()} />}
      {isNew ? (
        <div className="sl-card">
          <Empty
            icon="connections"
            title={say('connections.none')}
            text={say('connections.none.text')}
            action={make}
          />
        </div>
      ) : (
        <>
          <ConnectionFilters filter={filter} counts={counts.data} onChange={narrow} />
          {chosen.size > 0 && (
            <BulkBar chosen={chosen} filter={filter} count={count ?? 0} onChoose={choose} />
          )}
          {count === undefined ? (
            <Loading rows={10} height={32} />
          ) : count === 0 ? (
            <div className="sl-card">
              <Empty
                icon="filter"
                title={say('connections.noMatch')}
                action={
                  <Button variant="default" onClick={() => narrow({})}>
                    {say('action.clearFilters')}
                  </Button>
                }
              />
            </div>
          ) : (
            <ConnectionTable
              filter={filter}
              count={count}
              chosen={chosen}
              onChoose={choose}
              onSort={(sort) => narrow({ ...filter, sort })}
            />
          )}
        </>
      )}
    </>
  );
}
