import { Alert, Button, Code, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { asProblem } from '../../api/problem';
import { me } from '../../api/queries';
import { useSay } from '../../i18n/i18n';
import { CopyButton } from '../../ui/CopyButton';
import { ErrorCard, Loading } from '../../ui/states';
import { When } from '../../ui/When';
import { Section } from './Section';

/** Tokens of whoever is here, for programs. One is shown once, when it is made. */
export function Tokens() {
  const say = useSay();
  const queries = useQueryClient();
  const who = useQuery(me);
  const hasAccount = who.data?.userId !== undefined;
  const tokens = useQuery({
    queryKey: ['tokens'],
    queryFn: ({ signal }) => ok(api.GET('/api/sluice/v1/tokens', { signal })),
    enabled: hasAccount,
  });
  const [name, setName] = useState('');
  const [days, setDays] = useState(90);
  const making = useMutation({
    mutationFn: () => ok(api.POST('/api/sluice/v1/tokens', { body: { name: name.trim(), days } })),
    onSuccess: () => setName(''),
    onSettled: () => queries.invalidateQueries({ queryKey: ['tokens'] }),
  });
  const deleting = useMutation({
    mutationFn: (tokenId: string) =>
      ok(api.DELETE('/api/sluice/v1/tokens/{tokenId}', { params: { path: { tokenId } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['tokens'] }),
  });
  if (who.data !== undefined && !hasAccount) {
    return (
      <Section title={say('prefs.tokens')} text={say('prefs.noLogin')}>
        {null}
      </Section>
    );
  }
  return (
    <Section title={say('prefs.tokens')} text={say('prefs.tokens.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') {
            making.mutate();
          }
        }}
      >
        <Group align="flex-end" gap="xs" mb="sm">
          <TextInput
            label={say('prefs.tokens.name')}
            value={name}
            maxLength={256}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NumberInput
            label={say('prefs.tokens.days')}
            w={120}
            min={1}
            max={3660}
            value={days}
            onChange={(value) => setDays(Number(value) || 90)}
          />
          <Button type="submit" loading={making.isPending} disabled={name.trim() === ''}>
            {say('prefs.tokens.make')}
          </Button>
        </Group>
      </form>
      {making.isError && <ErrorCard error={asProblem(making.error)} />}
      {making.data !== undefined && (
        <Alert color="green" mb="sm">
          <Stack gap="xs" align="flex-start">
            {say('prefs.tokens.once')}
            <Code style={{ overflowWrap: 'anywhere' }}>{making.data.token}</Code>
            <CopyButton text={making.data.token} />
          </Stack>
        </Alert>
      )}
      {tokens.isError ? (
        <ErrorCard error={tokens.error} onRetry={() => void tokens.refetch()} />
      ) : tokens.isPending ? (
        <Loading rows={2} />
      ) : (
        <table className="sl-table">
          <thead>
            <tr>
              <th>{say('prefs.tokens.name')}</th>
              <th>{say('prefs.tokens.scopes')}</th>
              <th>{say('prefs.tokens.expires')}</th>
              <th>
                <span className="sl-visually-hidden">{say('action.more')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tokens.data.tokens.map((token) => (
              <tr key={token.tokenId}>
                <td>{token.name}</td>
                <td>{token.scopes.join(', ')}</td>
                <td>
                  <When time={token.expiresAt} />
                </td>
                <td className="sl-number">
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    c="var(--sl-error)"
                    aria-label={say('prefs.tokens.revoke', { name: token.name })}
                    onClick={() => deleting.mutate(token.tokenId)}
                  >
                    {say('prefs.tokens.revoke.short')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
