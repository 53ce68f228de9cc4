import { useQuery } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import { useSay } from '../../i18n/i18n';
import { ErrorCard, Loading } from '../../ui/states';
import { Section } from './Section';

/** The connectors of this server. */
export function Definitions() {
  const say = useSay();
  const definitions = useQuery({
    queryKey: ['definitions', 'all'],
    queryFn: async ({ signal }) => {
      const [sources, destinations] = await Promise.all(
        (['source', 'destination'] as const).map((type) =>
          ok(api.GET('/api/public/v1/connector_definitions', { params: { query: { type } }, signal })),
        ),
      );
      return [...(sources?.data ?? []), ...(destinations?.data ?? [])];
    },
    staleTime: 60_000,
  });
  return (
    <Section title={say('prefs.definitions')} text={say('prefs.definitions.text')}>
      {definitions.isError ? (
        <ErrorCard error={definitions.error} onRetry={() => void definitions.refetch()} />
      ) : definitions.isPending ? (
        <Loading />
      ) : (
        <table className="sl-table">
          <thead>
            <tr>
              <th>{say('prefs.definitions.name')}</th>
              <th>{say('prefs.definitions.kind')}</th>
              <th>{say('prefs.definitions.version')}</th>
            </tr>
          </thead>
          <tbody>
            {definitions.data.map((each) => (
              <tr key={`${each.connectorDefinitionType} ${each.id}`}>
                <td>{each.name}</td>
                <td>
                  {say(
                    each.connectorDefinitionType === 'source'
                      ? 'connection.source'
                      : 'connection.destination',
                  )}
                </td>
                <td>{each.version}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
