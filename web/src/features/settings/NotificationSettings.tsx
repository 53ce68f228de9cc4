import { Button, Checkbox, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { Notifications } from '../../api/schema';
import { useMay } from '../../app/may';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { ErrorCard, Loading } from '../../ui/states';
import { StatusChip } from '../../ui/StatusChip';
import { Section } from './Section';

const OCCASIONS = [
  'failure',
  'success',
  'syncDisabledWarning',
  'syncDisabled',
  'connectionUpdate',
  'connectionUpdateActionRequired',
  'rejectedRecords',
  'connectionSyncQueued',
] as const;
type Occasion = (typeof OCCASIONS)[number];

interface Wishes {
  webhook?: { enabled?: boolean; url?: string };
  email?: { enabled?: boolean };
}

/** Who is told what. */
export function NotificationSettings() {
  const ws = useWorkspaceId();
  const shown = useQuery({
    queryKey: ['notifications', ws],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/workspaces/{workspaceId}/notifications', {
          params: { path: { workspaceId: ws } },
          signal,
        }),
      ),
  });
  if (shown.isError) {
    return <ErrorCard error={shown.error} onRetry={() => void shown.refetch()} />;
  }
  if (shown.isPending) {
    return <Loading />;
  }
  return (
    <>
      <Matrix key={shown.dataUpdatedAt} ws={ws} shown={shown.data} />
      <Deliveries ws={ws} />
    </>
  );
}

function Matrix({ ws, shown }: { ws: string; shown: Notifications }) {
  const say = useSay();
  const may = useMay();
  const queries = useQueryClient();
  const kept = shown.occasions as unknown as Partial<Record<Occasion, Wishes>>;
  const [url, setUrl] = useState(
    Object.values(kept).find((wishes) => wishes.webhook?.url !== undefined)?.webhook?.url ?? '',
  );
  const [email, setEmail] = useState(shown.email ?? '');
  const [most, setMost] = useState(shown.rejectedRecords);
  const [occasions, setOccasions] = useState(kept);
  const isOff = !may('admin');
  const saving = useMutation({
    mutationFn: () =>
      ok(
        api.PUT('/api/sluice/v1/workspaces/{workspaceId}/notifications', {
          params: { path: { workspaceId: ws } },
          body: {
            email: email.trim() === '' ? null : email.trim(),
            rejectedRecords: most,
            occasions: Object.fromEntries(
              Object.entries(occasions).map(([name, wishes]) => [
                name,
                wishes.webhook?.enabled === true
                  ? { ...wishes, webhook: { enabled: true, url: url.trim() } }
                  : wishes,
              ]),
            ) as never,
          },
        }),
      ),
    onSuccess: async () => {
      notifications.show({ message: say('settings.saved'), color: 'green' });
      await queries.invalidateQueries({ queryKey: ['notifications', ws] });
    },
  });
  const testing = useMutation({
    mutationFn: (channel: 'webhook' | 'email') =>
      ok(
        api.POST('/api/sluice/v1/workspaces/{workspaceId}/notifications/test', {
          params: { path: { workspaceId: ws } },
          body: channel === 'webhook' ? { channel, url: url.trim() } : { channel },
        }),
      ),
    onSuccess: ({ delivered, problem }) =>
      notifications.show(
        delivered
          ? { message: say('prefs.notifications.delivered'), color: 'green' }
          : { message: problem?.message ?? say('prefs.notifications.notDelivered'), color: 'red' },
      ),
    onError: (failure) => notifications.show({ message: asProblem(failure).message, color: 'red' }),
  });
  const flip = (occasion: Occasion, channel: 'webhook' | 'email', enabled: boolean) =>
    setOccasions({
      ...occasions,
      [occasion]: { ...occasions[occasion], [channel]: { ...occasions[occasion]?.[channel], enabled } },
    });
  return (
    <Section title={say('prefs.notifications')} text={say('prefs.notifications.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <Stack gap="sm">
          <Group align="flex-end" gap="xs">
            <TextInput
              label={say('prefs.notifications.url')}
              type="url"
              w={380}
              value={url}
              disabled={isOff}
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
            <Button
              variant="default"
              disabled={isOff || url.trim() === ''}
              loading={testing.isPending && testing.variables === 'webhook'}
              onClick={() => testing.mutate('webhook')}
            >
              {say('prefs.notifications.test')}
            </Button>
          </Group>
          <Group align="flex-end" gap="xs">
            <TextInput
              label={say('prefs.notifications.email')}
              type="email"
              w={380}
              value={email}
              disabled={isOff}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Button
              variant="default"
              disabled={isOff || (shown.email ?? '') === ''}
              loading={testing.isPending && testing.variables === 'email'}
              onClick={() => testing.mutate('email')}
            >
              {say('prefs.notifications.testMail')}
            </Button>
          </Group>
          <table className="sl-table">
            <thead>
              <tr>
                <th>{say('prefs.notifications.occasion')}</th>
                <th>{say('prefs.notifications.webhook')}</th>
                <th>{say('prefs.notifications.mail')}</th>
              </tr>
            </thead>
            <tbody>
              {OCCASIONS.map((occasion) => (
                <tr key={occasion}>
                  <td>{say(`prefs.occasion.${occasion}`)}</td>
                  {(['webhook', 'email'] as const).map((channel) => (
                    <td key={channel}>
                      <Checkbox
                        size="xs"
                        disabled={isOff}
                        aria-label={say(`prefs.notifications.by.${channel}`, {
                          occasion: say(`prefs.occasion.${occasion}`),
                        })}
                        checked={
                          occasions[occasion]?.[channel]?.enabled ??
                          (channel === 'email' && occasion !== 'success')
                        }
                        onChange={(event) => flip(occasion, channel, event.currentTarget.checked)}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <NumberInput
            label={say('prefs.notifications.rejected')}
            w={360}
            min={1}
            value={most}
            disabled={isOff}
            onChange={(value) => setMost(Number(value) || 1)}
          />
          {saving.isError && <ErrorCard error={saving.error} title={say('settings.notSaved')} />}
          <Group>
            <Button type="submit" disabled={isOff} loading={saving.isPending}>
              {say('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function Deliveries({ ws }: { ws: string }) {
  const say = useSay();
  const sent = useQuery({
    queryKey: ['notifications', ws, 'deliveries'],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/workspaces/{workspaceId}/notifications/deliveries', {
          params: { path: { workspaceId: ws }, query: { limit: 20 } },
          signal,
        }),
      ),
  });
  const all = sent.data?.data ?? [];
  return (
    <Section title={say('prefs.deliveries')} text={all.length === 0 ? say('prefs.deliveries.none') : ''}>
      {all.length > 0 && (
        <table className="sl-table">
          <tbody>
            {all.map((each) => (
              <tr key={each.id}>
                <td>
                  <StatusChip
                    status={
                      each.status === 'delivered'
                        ? 'succeeded'
                        : each.status === 'waiting'
                          ? 'queued'
                          : 'failed'
                    }
                    label={say(`prefs.delivery.${each.status}`)}
                  />
                </td>
                <td>{each.subject}</td>
                <td>{each.channel}</td>
                <td>{each.problem}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
