import { Button, Group } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { ErrorCard, Loading } from '../../ui/states';
import { StatusChip } from '../../ui/StatusChip';
import { When } from '../../ui/When';
import { Section } from './Section';

const PAGE = 50;

/** Who did what in this workspace. */
export function Audit() {
  const say = useSay();
  const ws = useWorkspaceId();
  const [page, setPage] = useState(0);
  const entries = useQuery({
    queryKey: ['audit', ws, page],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/audit', {
          params: { query: { workspaceId: ws, limit: PAGE, offset: page * PAGE } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Section title={say('prefs.audit')} text={say('prefs.audit.text')}>
      {entries.isError ? (
        <ErrorCard error={entries.error} onRetry={() => void entries.refetch()} />
      ) : entries.isPending ? (
        <Loading />
      ) : (
        <>
          <table className="sl-table">
            <thead>
              <tr>
                <th>{say('rejected.at')}</th>
                <th>{say('prefs.audit.who')}</th>
                <th>{say('prefs.audit.what')}</th>
                <th>{say('prefs.audit.object')}</th>
                <th>{say('prefs.audit.from')}</th>
                <th>{say('column.status')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.data.data.map((entry) => (
                <tr key={entry.id}>
                  <td>
                    <When time={entry.at} />
                  </td>
                  <td>{entry.account}</td>
                  <td>{entry.operation}</td>
                  <td>{entry.objectId}</td>
                  <td>{entry.address}</td>
                  <td>
                    <StatusChip status={entry.succeeded ? 'succeeded' : 'failed'} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {(page > 0 || entries.data.next !== '') && (
            <Group justify="center" mt="sm">
              <Button variant="default" disabled={page === 0} onClick={() => setPage(page - 1)}>
                {say('jobs.newer')}
              </Button>
              <Button variant="default" disabled={entries.data.next === ''} onClick={() => setPage(page + 1)}>
                {say('jobs.older')}
              </Button>
            </Group>
          )}
        </>
      )}
    </Section>
  );
}
