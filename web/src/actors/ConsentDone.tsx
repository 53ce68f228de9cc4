import { Text } from '@mantine/core';
import { useEffect } from 'react';
import { useSay } from '../i18n/i18n';
import { CHANNEL, type Consent } from './consent';

/** Where a service's window ends: it tells the form and closes itself. */
export function ConsentDone() {
  const say = useSay();
  useEffect(() => {
    const found = new URLSearchParams(window.location.search);
    const secretId = found.get('secret_id');
    const told: Consent = {
      tab: found.get('tab') ?? '',
      ...(secretId === null ? { error: found.get('error') ?? '' } : { secretId }),
    };
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage(told);
    channel.close();
    window.close();
  }, []);
  return (
    <Text p="lg" role="status">
      {say('signIn.close')}
    </Text>
  );
}
