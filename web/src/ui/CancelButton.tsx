import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelJob } from '../api/jobs';
import { asProblem } from '../api/problem';
import { useSay } from '../i18n/i18n';
import { Guarded } from './Guarded';
import { Icon } from './icons';

/** Asks a job to stop, and says so at once; it stops where it can go on from. */
export function CancelButton({ jobId, isWished }: { jobId: number; isWished: boolean }) {
  const say = useSay();
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelJob(jobId),
    onError: (failure) => notifications.show({ message: asProblem(failure).message, color: 'red' }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['jobs'] }),
        queries.invalidateQueries({ queryKey: ['connection'] }),
      ]),
  });
  const isCancelling = cancel.isPending || cancel.isSuccess || isWished;
  return (
    <Guarded need="run">
      {(isOff) => (
        <Button
          variant="default"
          leftSection={<Icon name="stop" />}
          disabled={isOff || isCancelling}
          onClick={() => cancel.mutate()}
        >
          {say(isCancelling ? 'jobs.cancelling' : 'jobs.cancel')}
        </Button>
      )}
    </Guarded>
  );
}
