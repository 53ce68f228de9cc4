import { api, ok } from '../../api/client';

export type Change = 'pause' | 'resume' | 'tag' | 'untag' | 'delete';
export interface Deed {
  change: 'sync' | Change;
  tagId?: string;
}

export interface Outcome {
  connectionId: string;
  done: boolean;
  message?: string;
}

/** More than these the server does not take at once. */
const AT_ONCE = 1_000;

/** Does something to each of many connections; says for each whether it was done. */
export async function doToEach(ws: string, ids: string[], deed: Deed): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const connectionIds = ids.slice(at, at + AT_ONCE);
    const params = { path: { workspaceId: ws } };
    const { data } = await (deed.change === 'sync'
      ? ok(
          api.POST('/api/sluice/v1/workspaces/{workspaceId}/connections/sync_each', {
            params,
            body: { connectionIds },
          }),
        )
      : ok(
          api.POST('/api/sluice/v1/workspaces/{workspaceId}/connections/change_each', {
            params,
            body: {
              connectionIds,
              change: deed.change,
              ...(deed.tagId === undefined ? {} : { tagId: deed.tagId }),
            },
          }),
        ));
    outcomes.push(...data);
  }
  return outcomes;
}
