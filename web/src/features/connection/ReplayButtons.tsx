import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { asProblem } from '../../api/problem';
import type { ReplayDryRun, ReplayWish } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { Guarded } from '../../ui/Guarded';
import { dryRun, replay } from './queries';

/** Tries records without writing anything, and tries them: the job's end is told by the timeline and by what is left here. */
export function ReplayButtons({
  id,
  wish,
  label,
  dryLabel,
  onDryRun,
  isSmall = false,
}: {
  id: string;
  wish: ReplayWish;
  label: string;
  dryLabel: string;
  onDryRun: (found: ReplayDryRun) => void;
  isSmall?: boolean;
}) {
  const say = useSay();
  const queries = useQueryClient();
  const complain = (failure: unknown) =>
    notifications.show({ message: asProblem(failure).message, color: 'red' });
  const trying = useMutation({
    mutationFn: () => dryRun(id, wish),
    onSuccess: onDryRun,
    onError: complain,
  });
  const beginning = useMutation({
    mutationFn: () => replay(id, wish),
    onSuccess: () => notifications.show({ message: say('rejected.replayBegun') }),
    onError: complain,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['connection', id] }),
        queries.invalidateQueries({ queryKey: ['jobs'] }),
      ]),
  });
  const look = { size: isSmall ? 'compact-xs' : 'xs', variant: isSmall ? 'subtle' : 'default' } as const;
  return (
    <Guarded need="run">
      {(isOff) => (
        <>
          <Button {...look} disabled={isOff} loading={trying.isPending} onClick={() => trying.mutate()}>
            {dryLabel}
          </Button>
          <Button {...look} disabled={isOff} loading={beginning.isPending} onClick={() => beginning.mutate()}>
            {label}
          </Button>
        </>
      )}
    </Guarded>
  );
}
