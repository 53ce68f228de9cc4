import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import type { CatalogEntry, Draft } from '../../api/schema';
import type { Mapping } from '../../mapping/mapping';
import { configured, type Naming, type Wishes } from '../../streams/streams';
import type { StreamConfiguration } from '../../streams/edits';
import { tab } from '../../ui/storage';
import { cronOf, startTiming, type Timing } from '../../schedule/timing';

export type Policy = 'propagate_columns' | 'propagate_fully' | 'ignore' | 'disable_connection';

/** What is configured of a connection beside its streams. */
export interface Settings {
  name: string;
  tagIds: string[];
  timing: Timing;
  naming: Naming;
  policy: Policy;
}

/** What somebody has begun to set up, as the server keeps it. */
export interface Document {
  source?: { sourceId: string; name: string };
  destination?: { destinationId: string; name: string };
  connection?: Record<string, unknown>;
  page: {
    wishes?: Wishes;
    settings?: Settings;
    /** How rows become objects of the destination; undefined if streams are copied. */
    mappings?: Mapping[];
    /** What the mappings are for the server, as long as nothing is missing in them. */
    mapped?: StreamConfiguration[];
  };
}

export const KIND = 'connection';

export async function beginDraft(ws: string): Promise<Draft> {
  const body = { workspaceId: ws, kind: KIND, document: { page: {} } as never };
  return ok(api.POST('/api/sluice/v1/drafts', { body }));
}

export const draft = (id: string) =>
  queryOptions({
    queryKey: ['drafts', 'one', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/sluice/v1/drafts/{draftId}', { params: { path: { draftId: id } }, signal })),
    // What is entered here is newer than what the server would tell.
    staleTime: Infinity,
    gcTime: 0,
  });

export const drafts = (ws: string) =>
  queryOptions({
    queryKey: ['drafts', ws],
    queryFn: async ({ signal }) => {
      const query = { workspaceIds: [ws], limit: 20 };
      const found = await ok(api.GET('/api/sluice/v1/drafts', { params: { query }, signal }));
      return found.data.filter((each) => each.kind === KIND && each.submittedAt === undefined);
    },
  });

export function documentOf(kept: Draft): Document {
  const found = kept.document as unknown as Partial<Document>;
  return { ...found, page: found.page ?? {} };
}

export async function saveDraft(id: string, version: number, document: Document): Promise<number> {
  const name = nameOf(document);
  const body = { version, document: document as never, ...(name === '' ? {} : { name }) };
  const kept = await ok(
    api.PUT('/api/sluice/v1/drafts/{draftId}', {
      params: { path: { draftId: id } },
      body,
      // Small ones arrive even if the page is closed meanwhile; a browser lets no large ones go so.
      keepalive: JSON.stringify(body).length < MOST_KEPT_ALIVE,
    }),
  );
  return kept.version;
}

const MOST_KEPT_ALIVE = 60_000;

const spareKey = (id: string) => `draft.${id}`;

/** Holds what is on its way to the server until it is there, so that a reload in between loses nothing. */
export function spare(id: string, version: number, document: Document | undefined): void {
  tab.set(spareKey(id), document === undefined ? null : JSON.stringify({ version, document }));
}

/** What was on its way when the page was left; undefined if it arrived, or if somebody has changed the draft since. */
export function spared({ draftId, version }: Draft): Document | undefined {
  const text = tab.get(spareKey(draftId));
  if (text === null) {
    return undefined;
  }
  const found = JSON.parse(text) as { version: number; document: Document };
  return found.version === version ? found.document : undefined;
}

export async function deleteDraft(id: string): Promise<void> {
  await api.DELETE('/api/sluice/v1/drafts/{draftId}', { params: { path: { draftId: id } } });
}

/** Makes the connection. Made once, however often this is called for a draft. */
export async function submitDraft(id: string, startSync: boolean) {
  const body = { part: 'connection' as const, startSync };
  return ok(api.POST('/api/sluice/v1/drafts/{draftId}/submit', { params: { path: { draftId: id } }, body }));
}

const LONGEST_NAME = 120;

export function nameOf({ source, destination, page }: Document): string {
  const own = page.settings?.name ?? '';
  return own !== '' || source === undefined || destination === undefined
    ? own
    : `${source.name} → ${destination.name}`.slice(0, LONGEST_NAME);
}

/** What a connection begins with. */
export function startSettings(document: Document, now: Date): Settings {
  return {
    name: nameOf(document),
    tagIds: [],
    timing: startTiming(now),
    naming: { definition: 'destination', format: '', prefix: '' },
    policy: 'propagate_columns',
  };
}

/** The streams of a draft as the server is told of them: those that are mapped, or those that are copied. */
export function streamsOf({ page }: Document, streams: CatalogEntry[]): StreamConfiguration[] {
  return page.mappings === undefined
    ? configured(streams, page.wishes ?? { intent: 'replicate', way: 'changes', chosen: {} })
    : (page.mapped ?? []);
}

/** What the public API takes for a connection, without its sides. */
export function connectionOf(settings: Settings, streams: StreamConfiguration[]): Record<string, unknown> {
  const cron = cronOf(settings.timing);
  return {
    name: settings.name.trim(),
    configurations: { streams },
    schedule:
      cron === undefined ? { scheduleType: 'manual' } : { scheduleType: 'cron', cronExpression: cron },
    namespaceDefinition: settings.naming.definition,
    ...(settings.naming.definition === 'custom_format' ? { namespaceFormat: settings.naming.format } : {}),
    ...(settings.naming.prefix === '' ? {} : { prefix: settings.naming.prefix }),
    nonBreakingSchemaUpdatesBehavior: settings.policy,
    tags: settings.tagIds.map((tagId) => ({ tagId })),
  };
}
