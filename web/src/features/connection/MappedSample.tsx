import { Button, Modal, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { StreamName } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { SampleTable } from '../../streams/SampleRows';
import { Icon } from '../../ui/icons';
import { ErrorCard, Loading } from '../../ui/states';
import { nameOf } from './queries';

const ROWS = 10;

/** What the mappers of a stream make of its first rows. */
export function MappedSample({ id, stream }: { id: string; stream: StreamName }) {
  const say = useSay();
  const [isOpen, open] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" leftSection={<Icon name="eye" />} onClick={() => open(true)}>
        {say('sample.show')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => open(false)}
        size="90%"
        title={say('sample.of', { stream: nameOf(stream) })}
      >
        {isOpen && <Both id={id} stream={stream} />}
      </Modal>
    </>
  );
}

function Both({ id, stream }: { id: string; stream: StreamName }) {
  const say = useSay();
  const found = useQuery({
    queryKey: ['connection', id, 'sample', nameOf(stream)],
    queryFn: ({ signal }) => {
      const query = {
        stream: stream.name,
        rows: ROWS,
        ...(stream.namespace === undefined ? {} : { namespace: stream.namespace }),
      };
      const params = { path: { connectionId: id }, query };
      return ok(api.GET('/api/sluice/v1/connections/{connectionId}/sample', { params, signal }));
    },
    retry: false,
    gcTime: 0,
  });
  if (found.isError) {
    return <ErrorCard error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (found.data === undefined) {
    return <Loading />;
  }
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {say('sample.before')}
      </Title>
      <SampleTable sample={found.data.before} label={say('sample.before')} />
      <Title order={3} size="h4">
        {say('sample.after')}
      </Title>
      <SampleTable sample={found.data.after} label={say('sample.after')} />
    </Stack>
  );
}
