import { useQuery } from '@tanstack/react-query';
import { me } from '../api/queries';
import type { Me } from '../api/schema';
import { useWorkspaceId } from './workspace';

export type Access = Me['scopes'][number];

const LOOKS: Access[] = ['read'];
const RUNS: Access[] = ['read', 'run'];
const EDITS: Access[] = [...RUNS, 'edit_sources', 'edit_destinations', 'edit'];

const ALLOWED: Record<string, Access[]> = {
  admin: [...EDITS, 'admin'],
  editor: EDITS,
  source_editor: [...RUNS, 'edit_sources'],
  destination_editor: [...RUNS, 'edit_destinations'],
  runner: RUNS,
  reader: LOOKS,
};

/**
 * True if somebody may do this in a workspace, as far as the page can tell: which organisation a workspace is in, it does not
 * know. The server decides; this is only so that nobody presses in vain.
 */
export function may(who: Me, access: Access, workspaceId: string): boolean {
  return (
    who.scopes.includes(access) &&
    who.roles.some(({ role, placeId }) => {
      const [place = '', ...rest] = role.split('_');
      const holds = place !== 'workspace' || placeId === workspaceId;
      return holds && (ALLOWED[rest.join('_')] ?? []).includes(access);
    })
  );
}

/** Whether whoever is here may do something in this workspace. */
export function useMay(): (access: Access) => boolean {
  const ws = useWorkspaceId();
  const { data } = useQuery(me);
  return (access) => data !== undefined && may(data, access, ws);
}
