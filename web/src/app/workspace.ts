import { useParams } from '@tanstack/react-router';

/** The workspace that the page is about, from its address. */
export function useWorkspaceId(): string {
  const { ws } = useParams({ strict: false });
  if (ws === undefined) {
    throw new Error('this part of the page belongs into a workspace');
  }
  return ws;
}
