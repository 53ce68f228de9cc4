import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { ServerEvent } from './events';
import { follow, type LiveState } from './follow';

/** A job as the live events tell of it. */
export interface LiveJob {
  jobId: number;
  jobType: string;
  status: string;
  connectionId?: string;
  records?: number;
  bytes?: number;
  rejected?: number;
  attempt?: number;
}

type Listener = (event: ServerEvent) => void;

interface Live {
  state: LiveState;
  /** When what is shown was last asked for, while no events arrive; undefined as long as they do. */
  lookedAt: number | undefined;
  /** The jobs that have not ended, as far as events told. */
  running: LiveJob[];
  listen: (type: 'job' | 'connection', listener: Listener) => () => void;
}

const Context = createContext<Live>({
  state: 'connecting',
  lookedAt: undefined,
  running: [],
  listen: () => () => undefined,
});

/** Without events, a page asks by itself after so long, and so often from then on. */
const ASKS_EVERY = 10_000;

const OPEN = new Set(['pending', 'running', 'incomplete']);

/** What was told of a job replaces what was known of it; one that has ended is gone. */
export function withJob(known: LiveJob[], job: LiveJob): LiveJob[] {
  const others = known.filter((each) => each.jobId !== job.jobId);
  return OPEN.has(job.status) ? [...others, job].sort((a, b) => a.jobId - b.jobId) : others;
}

/** Asks anew for what an event has made old. */
function refetch(queries: QueryClient, event: ServerEvent): void {
  const { connectionId } = event.data as { connectionId?: string };
  void queries.invalidateQueries({ queryKey: ['connections'] });
  if (event.type === 'job') {
    void queries.invalidateQueries({ queryKey: ['jobs'] });
  }
  if (connectionId !== undefined) {
    void queries.invalidateQueries({ queryKey: ['connection', connectionId] });
  }
}

/** One connection for all of a workspace's events; whoever wants to hear of some says so by `useLiveEvents`. */
export function LiveProvider({ workspaceId, children }: { workspaceId: string; children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const [lookedAt, setLookedAt] = useState<number>();
  const [running, setRunning] = useState<LiveJob[]>([]);
  const listeners = useRef(new Map<string, Set<Listener>>());

  useEffect(() => {
    // A page that sees hundreds of events in a second asks anew once for all of them.
    let waiting: ServerEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = follow(`/api/sluice/v1/workspaces/${workspaceId}/live`, {
      onState: (next) => {
        setState(next);
        if (next === 'live') {
          setLookedAt(undefined);
        }
      },
      onEvent: (event) => {
        if (event.type === 'job') {
          setRunning((known) => withJob(known, event.data as LiveJob));
        }
        listeners.current.get(event.type)?.forEach((each) => each(event));
        waiting.push(event);
        timer ??= setTimeout(() => {
          waiting.forEach((each) => refetch(queries, each));
          waiting = [];
          timer = undefined;
        }, 400);
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [workspaceId, queries]);

  const isBroken = state === 'reconnecting';
  useEffect(() => {
    if (!isBroken) {
      return;
    }
    const timer = setInterval(() => {
      for (const key of ['connections', 'jobs', 'connection']) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
      const times = queries
        .getQueryCache()
        .getAll()
        .map((query) => query.state.dataUpdatedAt);
      setLookedAt(Math.max(0, ...times));
    }, ASKS_EVERY);
    return () => clearInterval(timer);
  }, [isBroken, queries]);

  const live = useMemo<Live>(
    () => ({
      state,
      lookedAt,
      running,
      listen: (type, listener) => {
        const all = listeners.current.get(type) ?? new Set();
        listeners.current.set(type, all.add(listener));
        return () => all.delete(listener);
      },
    }),
    [state, lookedAt, running],
  );
  return <Context value={live}>{children}</Context>;
}

export function useLive(): Live {
  return use(Context);
}
