import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ok } from '../api/client';
import type { Values } from '../forms/values';
import { useSay } from '../i18n/i18n';
import { ErrorCard } from '../ui/states';
import { CHANNEL, type Consent } from './consent';

/** Has somebody give their consent at the service, in a window of its own, instead of entering tokens. */
export function SignIn({
  workspaceId,
  definitionId,
  name,
  values,
  secretId,
  onDone,
}: {
  workspaceId: string;
  definitionId: string;
  name: string;
  /** What the form holds, of which the service may want something. */
  values: () => Values;
  secretId: string | undefined;
  onDone: (secretId: string) => void;
}) {
  const say = useSay();
  // So that no other window can say how it went.
  const [tab] = useState(() => crypto.randomUUID());
  const [failure, setFailure] = useState<string>();
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<Consent>) => {
      if (data.tab === tab) {
        setAway(false);
        setFailure(data.error);
        if (data.secretId !== undefined) {
          onDone(data.secretId);
        }
      }
    };
    return () => channel.close();
  }, [tab, onDone]);
  const beginning = useMutation({
    mutationFn: () =>
      ok(
        api.POST('/api/public/v1/sources/initiateOAuth', {
          body: {
            workspaceId,
            definitionId,
            redirectUrl: `${window.location.origin}/oauth/done?tab=${tab}`,
            oAuthInputConfiguration: values() as never,
          },
        }),
      ),
    onSuccess: ({ consentUrl }) => {
      setFailure(undefined);
      setAway(window.open(consentUrl, `sluice-${tab}`, 'width=620,height=760') !== null);
    },
  });
  return (
    <Alert
      color={secretId === undefined ? 'blue' : 'green'}
      title={say('signIn.title', { name })}
      role="region"
      aria-label={say('signIn.title', { name })}
    >
      <Group gap="sm">
        <Button variant="default" loading={beginning.isPending} onClick={() => beginning.mutate()}>
          {say(secretId === undefined ? 'signIn.begin' : 'signIn.again')}
        </Button>
        <Text size="sm" role="status">
          {secretId !== undefined ? say('signIn.done') : say(isAway ? 'signIn.away' : 'signIn.text')}
        </Text>
      </Group>
      {failure !== undefined && <ErrorCard error={new Error(failure)} title={say('signIn.failed')} />}
      {beginning.isError && <ErrorCard error={beginning.error} title={say('signIn.failed')} />}
    </Alert>
  );
}
