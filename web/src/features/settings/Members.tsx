import { Button, Group, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { me } from '../../api/queries';
import { useMay } from '../../app/may';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { ErrorCard, Loading } from '../../ui/states';
import { MemberRole } from './MemberRole';
import { ROLES } from './roles';
import { Section } from './Section';

/** The people of this server, and what they may do in this workspace. */
export function Members() {
  const say = useSay();
  const who = useQuery(me);
  const organizations = useQuery({
    queryKey: ['organizations'],
    queryFn: ({ signal }) => ok(api.GET('/api/public/v1/organizations', { signal })),
  });
  if (who.data !== undefined && who.data.userId === undefined) {
    return (
      <Section title={say('prefs.members')} text={say('prefs.noLogin')}>
        {null}
      </Section>
    );
  }
  if (organizations.isError) {
    return <ErrorCard error={organizations.error} onRetry={() => void organizations.refetch()} />;
  }
  const first = organizations.data?.data[0];
  return first === undefined ? (
    <Loading rows={3} />
  ) : (
    <People organizationId={first.organizationId} self={who.data?.userId} />
  );
}

function People({ organizationId, self }: { organizationId: string; self: string | undefined }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const may = useMay();
  const queries = useQueryClient();
  const users = useQuery({
    queryKey: ['users', organizationId],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/public/v1/users', { params: { query: { organizationId } }, signal })),
  });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number]>('workspace_reader');
  const grant = (userId: string, permissionType: string) =>
    ok(api.POST('/api/public/v1/permissions', { body: { userId, permissionType, workspaceId: ws } }));
  const adding = useMutation({
    mutationFn: async () => {
      const made = await ok(
        api.POST('/api/sluice/v1/accounts', { body: { email: email.trim(), password, organizationId } }),
      );
      await grant(made.userId, role);
    },
    onSuccess: () => {
      setEmail('');
      setPassword('');
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['users', organizationId] }),
  });
  if (users.isError) {
    return <ErrorCard error={users.error} onRetry={() => void users.refetch()} />;
  }
  return (
    <>
      <Section title={say('prefs.members')} text={say('prefs.members.text')}>
        {users.isPending ? (
          <Loading rows={3} />
        ) : (
          <table className="sl-table">
            <thead>
              <tr>
                <th>{say('prefs.members.name')}</th>
                <th>{say('login.email')}</th>
                {may('admin') && <th>{say('prefs.members.role')}</th>}
              </tr>
            </thead>
            <tbody>
              {users.data.data.map((user) => (
                <tr key={user.id}>
                  <td>{user.name}</td>
                  <td>{user.email}</td>
                  {may('admin') && (
                    <td>
                      <MemberRole person={user} isFixed={user.id === self} />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
      <Section title={say('prefs.members.add')} text={say('prefs.members.add.text')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            adding.mutate();
          }}
        >
          <Stack gap="sm" maw={420}>
            <TextInput
              label={say('login.email')}
              type="email"
              required
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label={say('login.password')}
              description={say('setup.password.help')}
              required
              minLength={12}
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Select
              label={say('prefs.members.role')}
              allowDeselect={false}
              value={role}
              data={ROLES.map((value) => ({ value, label: say(`prefs.role.${value}`) }))}
              onChange={(value) => setRole(ROLES.find((each) => each === value) ?? 'workspace_reader')}
            />
            {adding.isError && <ErrorCard error={adding.error} title={say('settings.notSaved')} />}
            <Group>
              <Button type="submit" disabled={!may('admin')} loading={adding.isPending}>
                {say('prefs.members.add')}
              </Button>
            </Group>
            {adding.isSuccess && <Text role="status">{say('prefs.members.added')}</Text>}
          </Stack>
        </form>
      </Section>
    </>
  );
}
