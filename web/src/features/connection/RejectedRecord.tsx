import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import { useSay } from '../../i18n/i18n';
import { ErrorCard, Loading } from '../../ui/states';
import classes from './Connection.module.css';

interface RejectedRecordProps {
  connectionId: string;
  rejectId: number;
}

/** A rejected record as it came, and what was made of it. */
export function RejectedRecord({ connectionId, rejectId }: RejectedRecordProps) {
  const say = useSay();
  const record = useQuery({
    queryKey: ['connection', connectionId, 'rejects', rejectId],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/connections/{connectionId}/rejects/{rejectId}/record', {
          params: { path: { connectionId, rejectId: String(rejectId) } },
          signal,
        }),
      ),
  });
  if (record.isError) {
    return <ErrorCard error={record.error} onRetry={() => void record.refetch()} />;
  }
  if (record.isPending) {
    return <Loading rows={2} />;
  }
  const { original, originalBase64, mapped } = record.data;
  return (
    <div className={classes.stack}>
      <Content title={say('rejected.came')} text={original ?? originalBase64 ?? ''} />
      {mapped !== undefined && <Content title={say('rejected.sent')} text={mapped} />}
    </div>
  );
}

function Content({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <pre className={classes.record}>{text}</pre>
    </div>
  );
}
