import { Loader, Select, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { ErrorCard } from '../../ui/states';
import { ROLES, WIDER_ROLES } from './roles';

const NONE = 'none' as const;

interface Person {
  id: string;
  name: string;
}

/** What somebody may do in this workspace, for an administrator to change. A role that holds in more than this workspace is only told. */
export function MemberRole({ person, isFixed }: { person: Person; isFixed: boolean }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const queries = useQueryClient();
  const queryKey = ['permissions', person.id];
  const permissions = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      ok(api.GET('/api/public/v1/permissions', { params: { query: { userId: person.id } }, signal })),
  });
  const here = permissions.data?.data.find((each) => each.scope === 'workspace' && each.scopeId === ws);
  const changing = useMutation({
    mutationFn: async (role: string) => {
      if (here === undefined) {
        await ok(
          api.POST('/api/public/v1/permissions', {
            body: { userId: person.id, permissionType: role, workspaceId: ws },
          }),
        );
        return;
      }
      const params = { path: { permissionId: here.permissionId } };
      await (role === NONE
        ? ok(api.DELETE('/api/public/v1/permissions/{permissionId}', { params }))
        : ok(
            api.PATCH('/api/public/v1/permissions/{permissionId}', {
              params,
              body: { permissionType: role },
            }),
          ));
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  if (permissions.isError) {
    return <ErrorCard error={permissions.error} onRetry={() => void permissions.refetch()} />;
  }
  if (permissions.isPending) {
    return <Loader size="xs" aria-label={say('loading.label')} />;
  }
  const wider = WIDER_ROLES.find((role) =>
    permissions.data.data.some((each) => each.permissionType === role),
  );
  if (wider !== undefined) {
    return <Text size="sm">{say(`prefs.role.${wider}`)}</Text>;
  }
  const role = ROLES.find((each) => each === here?.permissionType) ?? NONE;
  if (isFixed) {
    return <Text size="sm">{say(`prefs.role.${role}`)}</Text>;
  }
  return (
    <>
      <Select
        size="xs"
        maw={300}
        aria-label={say('prefs.members.roleOf', { name: person.name })}
        allowDeselect={false}
        value={role}
        disabled={changing.isPending}
        data={([NONE, ...ROLES] as const).map((value) => ({ value, label: say(`prefs.role.${value}`) }))}
        onChange={(value) => {
          if (value !== null && value !== role) {
            changing.mutate(value);
          }
        }}
      />
      {changing.isError && <ErrorCard error={changing.error} title={say('settings.notSaved')} />}
    </>
  );
}
