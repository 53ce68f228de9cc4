import { Button, Group, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { workspaces } from '../../api/queries';
import { useMay } from '../../app/may';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { ErrorCard, Loading } from '../../ui/states';
import { Section } from './Section';

export function General() {
  const ws = useWorkspaceId();
  const all = useQuery(workspaces);
  const shown = all.data?.data.find((each) => each.workspaceId === ws);
  if (all.isError) {
    return <ErrorCard error={all.error} onRetry={() => void all.refetch()} />;
  }
  return shown === undefined ? <Loading rows={3} /> : <Name key={shown.name} ws={ws} name={shown.name} />;
}

function Name({ ws, name }: { ws: string; name: string }) {
  const say = useSay();
  const may = useMay();
  const queries = useQueryClient();
  const [entered, enter] = useState(name);
  const saving = useMutation({
    mutationFn: () =>
      ok(
        api.PATCH('/api/public/v1/workspaces/{workspaceId}', {
          params: { path: { workspaceId: ws } },
          body: { name: entered.trim() },
        }),
      ),
    onSuccess: async () => {
      notifications.show({ message: say('settings.saved'), color: 'green' });
      await queries.invalidateQueries({ queryKey: ['workspaces'] });
    },
  });
  return (
    <Section title={say('prefs.general')} text={say('prefs.general.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <Stack gap="sm" maw={420}>
          <TextInput
            label={say('prefs.workspaceName')}
            value={entered}
            maxLength={256}
            onChange={(event) => enter(event.currentTarget.value)}
          />
          {saving.isError && <ErrorCard error={saving.error} title={say('settings.notSaved')} />}
          <Group>
            <Button
              type="submit"
              loading={saving.isPending}
              disabled={!may('admin') || entered.trim() === '' || entered.trim() === name}
            >
              {say('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
