import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, ok } from '../api/client';
import { useSay } from '../i18n/i18n';
import { GoLink } from '../ui/GoLink';
import { readable } from '../ui/readable';
import { labelOf } from './streams';

interface Table {
  namespace?: string;
  name: string;
}

/** Which of these tables other connections write to. */
export const written = (destinationId: string, tables: Table[]) =>
  queryOptions({
    queryKey: ['destinations', 'written', destinationId, tables],
    enabled: destinationId !== '' && tables.length > 0,
    queryFn: async ({ signal }) => {
      const params = { path: { destinationId } };
      const body = { tables };
      return (
        await ok(api.POST('/api/sluice/v1/destinations/{destinationId}/written', { params, body, signal }))
      ).data;
    },
    staleTime: 10_000,
  });

const SHOWN = 5;

/** Two connections would overwrite each other's rows: it is said before either does, with what mends it. */
export function WrittenWarning({
  destinationId,
  tables,
  except,
  prefix,
  onPrefix,
}: {
  destinationId: string;
  tables: Table[];
  /** A connection that may write to them: the one that is edited. */
  except?: string;
  /** A prefix that nobody else has, probably. */
  prefix: string;
  onPrefix: (prefix: string) => void;
}) {
  const say = useSay();
  const { data } = useQuery(written(destinationId, tables));
  const others = (data ?? []).filter((each) => each.connectionId !== except);
  if (others.length === 0) {
    return null;
  }
  return (
    <Alert
      color="yellow"
      styles={readable('warn')}
      role="alert"
      title={say('written.title', { count: others.length })}
    >
      <Stack gap="xs" align="flex-start">
        <Text component="ul" size="sm" c="var(--sl-text)" m={0} pl="md">
          {others.slice(0, SHOWN).map((each) => (
            <li key={`${labelOf(each)} ${each.connectionId}`}>
              {say('written.by', { table: labelOf(each) })}{' '}
              <Anchor
                underline="always"
                component={GoLink}
                to="/w/$ws/connections/$connectionId/$tab"
                params={{ connectionId: each.connectionId, tab: 'schema' }}
              >
                {each.connectionName}
              </Anchor>
            </li>
          ))}
        </Text>
        {others.length > SHOWN && (
          <Text size="sm">{say('written.more', { count: others.length - SHOWN })}</Text>
        )}
        <Text size="sm">{say('written.text')}</Text>
        <Button size="xs" variant="default" onClick={() => onPrefix(prefix)}>
          {say('written.prefix', { prefix })}
        </Button>
      </Stack>
    </Alert>
  );
}

/** A prefix after a name, with what tables have in their names; another one where it is in use. */
export function prefixOf(name: string, used: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 20);
  const wanted = plain === '' ? 'other_' : `${plain}_`;
  return used === wanted ? `${wanted}2_` : wanted;
}
