import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import { asProblem } from '../../api/problem';
import { session } from '../../api/session';
import { useMay } from '../../app/may';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { save } from '../../ui/save';
import { StatusChip } from '../../ui/StatusChip';
import { Section } from './Section';

/** Whether the server is well, and what to send to those who help. */
export function System() {
  const say = useSay();
  const may = useMay();
  const ready = useQuery({
    queryKey: ['ready'],
    queryFn: ({ signal }) => ok(api.GET('/api/sluice/v1/ready', { signal })),
    refetchInterval: 10_000,
    retry: false,
  });
  return (
    <>
      <Section title={say('prefs.system')} text={say('prefs.system.text')}>
        <Stack gap="xs" align="flex-start">
          <Text component="div">
            {ready.isError ? (
              <StatusChip status="failed" label={asProblem(ready.error).message} />
            ) : ready.isPending ? (
              say('loading.label')
            ) : (
              <StatusChip status="healthy" label={say('prefs.system.ready')} />
            )}
          </Text>
        </Stack>
      </Section>
      <Section title={say('prefs.diagnostics')} text={say('prefs.diagnostics.text')}>
        <Button
          variant="default"
          leftSection={<Icon name="destination" />}
          disabled={!may('admin')}
          onClick={() =>
            void bundle().catch((failure: unknown) =>
              notifications.show({ message: asProblem(failure).message, color: 'red' }),
            )
          }
        >
          {say('log.download')}
        </Button>
      </Section>
    </>
  );
}

async function bundle(): Promise<void> {
  const token = session.token();
  const response = await fetch('/api/sluice/v1/diagnostics', {
    headers: token === null ? {} : { Authorization: `Bearer ${token}` },
  });
  if (!response.ok) {
    throw new Error(`HTTP ${response.status}`);
  }
  save(await response.blob(), 'sluice-diagnostics.zip');
}
