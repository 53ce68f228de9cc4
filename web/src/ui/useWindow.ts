import { useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { keepPreviousData, useQueries, type QueryKey } from '@tanstack/react-query';
import { useCallback, useState, type RefCallback } from 'react';

/** How many rows the server is asked for at once. */
const PAGE = 100;

interface Rows<T> {
  /** Belongs on what holds the rows: so it is known where they begin. */
  hold: RefCallback<HTMLDivElement>;
  /** Those that are in sight, and a few around them. */
  items: VirtualItem[];
  /** How much room the rows above and below take. */
  above: number;
  below: number;
  /** A row, once it has arrived. */
  row: (index: number) => T | undefined;
  /** Those that have arrived, in their order. */
  known: T[];
  error: unknown;
  isFetching: boolean;
  retry: () => void;
}

/**
 * Rows of a long list, of which only those are drawn and asked for that are in sight: a list of thousands is as quick as a
 * short one, and an event makes the page ask for what it shows and for no more.
 */
export function useWindow<T>({
  count,
  height,
  queryKey,
  fetch,
}: {
  count: number;
  height: number;
  queryKey: QueryKey;
  fetch: (page: { offset: number; limit: number }, signal: AbortSignal) => Promise<T[]>;
}): Rows<T> {
  const [margin, setMargin] = useState(0);
  const hold = useCallback((node: HTMLDivElement | null) => {
    if (node !== null) {
      setMargin(node.getBoundingClientRect().top + window.scrollY);
    }
  }, []);
  // The library hands out functions that change what they give; the compiler of React has to leave this alone.

  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: margin,
  });
  const items = virtual.getVirtualItems();
  const first = Math.floor((items[0]?.index ?? 0) / PAGE);
  const last = Math.floor((items.at(-1)?.index ?? 0) / PAGE);
  const pages = Array.from({ length: last - first + 1 }, (_, each) => first + each);
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...queryKey, 'page', page],
      queryFn: ({ signal }: { signal: AbortSignal }) => fetch({ offset: page * PAGE, limit: PAGE }, signal),
      placeholderData: keepPreviousData,
    })),
  });
  return {
    hold,
    items,
    above: (items[0]?.start ?? margin) - margin,
    below: virtual.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin),
    row: (index) => answers[Math.floor(index / PAGE) - first]?.data?.[index % PAGE],
    known: answers.flatMap((answer) => answer.data ?? []),
    error: answers.find((answer) => answer.isError)?.error,
    isFetching: answers.some((answer) => answer.isFetching),
    retry: () => answers.forEach((answer) => void answer.refetch()),
  };
}
