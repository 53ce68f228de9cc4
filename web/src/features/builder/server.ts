import { api } from '../../api/client';

/** What the server tells of the Builder. */
export interface Project {
  projectId: string;
  workspaceId: string;
  name: string;
  manifest: string;
  revision: number;
  createdAt: string;
  updatedAt: string;
  definitionId?: string;
  activeVersion?: string | number;
  testingValues: Record<string, unknown>;
  tests: Record<string, StreamTest>;
}

export interface StreamTest {
  at: string;
  records: number;
  problem?: Trouble | string | null;
  warnings?: string[];
  stale: boolean;
}

export interface ProjectLine {
  projectId: string;
  name: string;
  updatedAt: string;
  definitionId?: string;
  activeVersion?: string | number;
  changedSincePublish: boolean;
  streamCount: number;
}

export interface Issue {
  path?: string | null;
  line?: number | null;
  column?: number | null;
  severity: 'error' | 'warning';
  code: string;
  message: string;
  next?: string | null;
}

export interface Checked {
  problems: Issue[];
  streams: { name: string; kind: string }[];
  spec: Record<string, unknown> | null;
}

export interface Trouble {
  title: string;
  detail?: string | null;
  next?: string | null;
  path?: string | null;
}

export interface HttpRequest {
  url: string;
  method: string;
  headers?: Record<string, unknown> | null;
  body?: string | null;
}

export interface HttpResponse {
  status: number;
  headers?: Record<string, unknown> | null;
  body?: string | null;
  truncated?: boolean;
}

export interface Exchange {
  kind: string;
  title: string;
  stream?: string | null;
  request: HttpRequest;
  response: HttpResponse | null;
  retryOf?: number | null;
  failure?: string | null;
}

export interface ReadPage {
  records: unknown[];
  request: HttpRequest | null;
  response: HttpResponse | null;
  failure?: string | null;
  retryOf?: number | null;
}

export interface Slice {
  descriptor: Record<string, unknown> | null;
  state: Record<string, unknown> | null;
  pages: ReadPage[];
  otherRequests?: Exchange[];
}

export interface TestResult {
  slices: Slice[];
  otherRequests: Exchange[];
  logs: { level: string; message: string; detail?: string | null; at?: string }[];
  limitReached: boolean;
  inferredSchema: Record<string, unknown> | null;
  schemaDifferences: { path: string; kind: string; declared?: unknown; found?: unknown }[];
  datetimeFormats?: Record<string, string>;
  warnings: { code: string; message: string; next?: string | null; path?: string | null }[];
  problem: Trouble | null;
  state: Record<string, unknown> | null;
  configUpdate: Record<string, unknown> | null;
  preview: {
    columns: { name: string; type: string }[];
    rows: unknown[][];
    problems?: unknown[] | null;
  } | null;
}

export interface TestRun {
  testId: string;
  projectId: string;
  stream: string;
  status: 'running' | 'succeeded' | 'failed' | 'cancelled';
  startedAt: string;
  endedAt?: string;
  progress?: { records: number; pages: number; slices: number; requests: number };
  outcome?: { records: number };
  /** True if it can be played again without the network. */
  recorded?: boolean;
  result?: TestResult;
}

export interface Limits {
  records: number;
  pages: number;
  slices: number;
  seconds: number;
}

export interface TestWish {
  stream: string;
  manifest: string;
  limits: Limits;
  state?: unknown;
  retries?: boolean;
  replay?: string;
}

export interface Impact {
  checks: { code: string; severity: string; message: string; stream?: string | null }[];
  breaking: { stream: string; what: string }[];
  connections: { connectionId: string; name: string; effect: string }[];
}

export interface Version {
  version: string | number;
  note?: string | null;
  at: string;
  by?: string | null;
  active: boolean;
  manifest?: string;
}

export interface ImportedApi {
  operations: {
    id: string;
    method: string;
    path: string;
    summary: string | null;
    suggested: boolean;
    streamName: string;
  }[];
  manifest: string | null;
  notes: string[];
}

type Call = (path: string, options: object) => Promise<{ data?: unknown; response: Response }>;
// These calls are said here; what they look like is above.
const calls = api as unknown as Record<'GET' | 'POST' | 'PUT' | 'DELETE', Call>;
const ROOT = '/api/sluice/v1/builder';

async function call<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  options: object = {},
): Promise<T> {
  const { data } = await calls[method](`${ROOT}${path}`, options);
  return data as T;
}

const at = (projectId: string) => `/projects/${encodeURIComponent(projectId)}`;

export const builder = {
  projects: (workspaceId: string, signal?: AbortSignal) =>
    call<{ data: ProjectLine[] }>('GET', '/projects', { params: { query: { workspaceId } }, signal }),
  create: (wish: { workspaceId: string; name: string; manifest?: string; fork?: { definitionId: string } }) =>
    call<Project>('POST', '/projects', { body: wish }),
  project: (id: string, signal?: AbortSignal) => call<Project>('GET', at(id), { signal }),
  save: (id: string, body: { name: string; manifest: string; revision: number }) =>
    call<Project>('PUT', at(id), { body }),
  remove: (id: string) => call<unknown>('DELETE', at(id)),
  testingValues: (id: string, values: Record<string, unknown>) =>
    call<unknown>('PUT', `${at(id)}/testing-values`, { body: { values } }),
  check: (manifest: string) => call<Checked>('POST', '/check', { body: { manifest } }),
  test: (id: string, wish: TestWish) => call<{ testId: string }>('POST', `${at(id)}/tests`, { body: wish }),
  testRun: (testId: string, signal?: AbortSignal) =>
    call<TestRun>('GET', `/tests/${encodeURIComponent(testId)}`, { signal }),
  cancel: (testId: string) => call<unknown>('DELETE', `/tests/${encodeURIComponent(testId)}`),
  history: (id: string, stream: string, signal?: AbortSignal) =>
    call<{ data: TestRun[] }>('GET', `${at(id)}/tests`, { params: { query: { stream } }, signal }),
  impact: (id: string, signal?: AbortSignal) => call<Impact>('GET', `${at(id)}/publish/impact`, { signal }),
  publish: (id: string, body: { note: string; activate: boolean; ignoreWarnings?: string }) =>
    call<{ definitionId: string; version: string | number }>('POST', `${at(id)}/publish`, { body }),
  versions: (id: string, signal?: AbortSignal) =>
    call<{ data: Version[] }>('GET', `${at(id)}/versions`, { signal }),
  activate: (id: string, version: string | number) =>
    call<unknown>('POST', `${at(id)}/versions/${encodeURIComponent(String(version))}/activate`, {}),
  curl: (command: string) =>
    call<{ manifest: string; notes: string[] }>('POST', '/imports/curl', { body: { command } }),
  openApi: (document: string, operations?: string[]) =>
    call<ImportedApi>('POST', '/imports/openapi', {
      body: { document, ...(operations === undefined ? {} : { operations }) },
    }),
  export: (id: string) => call<Blob>('GET', `${at(id)}/export`, { parseAs: 'blob' }),
};
