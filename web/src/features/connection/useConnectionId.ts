import { useParams } from '@tanstack/react-router';

/** The connection that the page is about, from its address. */
export function useConnectionId(): string {
  const { connectionId } = useParams({ strict: false });
  return connectionId ?? '';
}
