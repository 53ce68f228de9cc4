import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { BLANK, Manifest } from '../../builder/manifest';
import { answering, showPage, WS } from '../../test/page';
import { BuilderPage } from './BuilderPage';
import { curlOf } from './curl';
import { detectPagination } from './detect';
import { ProjectPage } from './ProjectPage';

const PATH = '/w/$ws/builder/$projectId';
const ADDRESS = `/w/${WS}/builder/p1`;
const project = (manifest: string, more = {}) => ({
  projectId: 'p1',
  workspaceId: WS,
  name: 'Shop API',
  manifest,
  revision: 3,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',

  testingValues: {},
  tests: {},
  ...more,
});

const SHARED = `# kept
version: 6.0.0
type: DeclarativeSource
check: {type: CheckStream, stream_names: [a]}
definitions:
  requester:
    type: HttpRequester
    url_base: https://example.org
    path: /x
streams:
  - type: DeclarativeStream
    name: a
    strange: {of: us}
    retriever:
      type: SimpleRetriever
      requester: {$ref: "#/definitions/requester"}
      record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data]}}
  - type: DeclarativeStream
    name: b
    retriever:
      type: SimpleRetriever
      requester: {$ref: "#/definitions/requester"}
      record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}
`;

/** A server that keeps a project in its memory. */
function serving(
  manifest: string,
  more: Record<string, (asked: { method: string; body: unknown }) => unknown> = {},
) {
  let kept = project(manifest);
  const asked = answering({
    '/builder/projects/p1': ({ method, body }) => {
      if (method === 'PUT') {
        const wish = body as { manifest: string; name: string; revision: number };
        if (wish.revision !== kept.revision) {
          return new Response(
            JSON.stringify({
              title: 'conflict',
              detail: 'Ann saved at 10:00',
              data: { revision: kept.revision },
            }),
            { status: 409 },
          );
        }
        kept = { ...kept, ...wish, revision: kept.revision + 1 };
      }
      return kept;
    },
    '/builder/check': () => ({ problems: [], streams: [], spec: null }),
    '/p1/tests': () => ({ data: [] }),
    ...more,
  });
  return {
    asked,
    kept: () => kept,
    changedByOthers: () => (kept = { ...kept, revision: kept.revision + 5 }),
  };
}

const show = (search = '') => showPage(PATH, `${ADDRESS}${search}`, ProjectPage);

describe('the Builder', () => {
  it('lists what is built, and begins with a manifest that somebody has', async () => {
    const asked = answering({
      '/builder/projects': ({ method }) =>
        method === 'POST'
          ? project(BLANK)
          : { data: [{ ...project(''), changedSincePublish: true, activeVersion: 2, streamCount: 4 }] },
    });
    const user = userEvent.setup();
    showPage('/w/$ws/builder', `/w/${WS}/builder`, BuilderPage);
    expect(await screen.findByRole('link', { name: 'Shop API' })).toBeInTheDocument();
    expect(screen.getByText('Version 2, draft has changes')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'New connector' }));
    await user.click(screen.getByRole('radio', { name: 'YAML' }));
    await user.type(screen.getByRole('textbox', { name: /Name of the connector/ }), 'Mine');
    await user.click(screen.getByRole('textbox', { name: /Manifest/ }));
    await user.paste(SHARED);
    await user.click(screen.getByRole('button', { name: 'Create the project' }));
    await waitFor(() =>
      expect(asked.find((each) => each.method === 'POST')?.body).toEqual({
        workspaceId: WS,
        name: 'Mine',
        manifest: SHARED,
      }),
    );
  });

  it('edits a field in the text of the manifest, saves it by itself, and takes it back', async () => {
    const server = serving(SHARED);
    const user = userEvent.setup();
    show('?part=streams/1');
    const path = await screen.findByRole('textbox', { name: /^Path/ });
    await user.clear(path);
    await user.type(path, '/y');
    await user.tab();
    // Two streams have the requester in common, so it asks.
    const dialog = await screen.findByRole('dialog', { name: 'This is shared' });
    await user.click(within(dialog).getByRole('button', { name: 'Only here' }));
    await waitFor(() => expect(server.kept().manifest).not.toBe(SHARED), { timeout: 5000 });
    const saved = Manifest.of(server.kept().manifest);
    expect(saved.get(['streams', 1, 'retriever', 'requester', 'path']).value).toBe('/y');
    expect(saved.get(['streams', 0, 'retriever', 'requester', 'path']).value).toBe('/x');
    expect(saved.text.startsWith('# kept\n')).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(server.kept().manifest).toBe(SHARED), { timeout: 5000 });
    await user.click(screen.getByRole('button', { name: 'Redo' }));
    await waitFor(() => expect(server.kept().manifest).toBe(saved.text), { timeout: 5000 });
  });

  it('shows what has no form as only in YAML', async () => {
    serving(SHARED);
    show('?part=streams/0');
    expect(await screen.findByText('Only in YAML: strange')).toBeInTheDocument();
  });

  it('adds a stream and asks what its authentication needs', async () => {
    const server = serving(BLANK);
    const user = userEvent.setup();
    show();
    await user.click(await screen.findByRole('combobox', { name: /Authentication/ }));
    await user.click(await screen.findByRole('option', { name: 'OAuth 2.0' }));
    await user.click(screen.getByRole('button', { name: 'Add a stream' }));
    await user.type(await screen.findByRole('textbox', { name: /Name of the stream/ }), 'orders');
    await user.click(screen.getByRole('button', { name: 'Add it' }));
    expect(await screen.findByRole('heading', { name: 'orders', level: 2 })).toBeInTheDocument();
    await waitFor(() => expect(Manifest.of(server.kept().manifest).streams().length).toBe(1), {
      timeout: 5000,
    });
    await user.click(screen.getByRole('button', { name: 'User inputs' }));
    expect(await screen.findByRole('group', { name: 'Client secret' })).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'The form as people will see it' })).toBeInTheDocument();
  });

  it('tells that somebody else has saved, and lets one choose', async () => {
    const server = serving(SHARED);
    const user = userEvent.setup();
    show('?part=streams/0');
    const name = await screen.findByRole('textbox', { name: /^Name/ });
    server.changedByOthers();
    await user.type(name, '2');
    await user.tab();
    const alert = await screen.findByRole('alert', {}, { timeout: 5000 });
    expect(alert).toHaveTextContent('Ann saved at 10:00');
    await user.click(within(alert).getByRole('button', { name: 'Keep mine' }));
    await waitFor(() => expect(server.kept().manifest).toContain('name: a2'), { timeout: 5000 });
  });

  it('leads from an issue to its field', async () => {
    serving(SHARED, {
      '/builder/check': () => ({
        problems: [
          {
            path: 'streams/1/retriever/requester/path',
            line: 1,
            column: 1,
            severity: 'error',
            code: 'E_PATH',
            message: 'The path is wrong.',
          },
        ],
        streams: [],
        spec: null,
      }),
    });
    const user = userEvent.setup();
    show('?part=issues');
    await user.click(await screen.findByRole('button', { name: 'Go to the field' }));
    const path = await screen.findByRole('textbox', { name: /^Path/ });
    expect(path).toHaveAccessibleDescription(/The path is wrong/);
    await waitFor(() => expect(path).toHaveFocus());
  });

  it('tests a stream with the draft that is not saved yet, and picks the records from the answer', async () => {
    const body = JSON.stringify({
      items: [{ id: 1, at: '2026-01-01' }],
      next: 'https://example.org/x?page=2',
    });
    const server = serving(SHARED, {
      '/p1/tests': ({ method }) => (method === 'POST' ? { testId: 't1' } : { data: [] }),
      '/builder/tests/t1': () => ({
        testId: 't1',
        projectId: 'p1',
        stream: 'ab',
        status: 'succeeded',
        startedAt: '2026-01-01T00:00:00Z',
        endedAt: '2026-01-01T00:00:01Z',
        progress: { records: 1, pages: 1, slices: 1, requests: 2 },
        result: {
          slices: [
            {
              descriptor: null,
              state: { at: '2026-01-01' },
              pages: [
                {
                  records: [{ id: 1, at: '2026-01-01' }],
                  request: { url: 'https://example.org/x', method: 'GET', headers: { a: 'b' }, body: null },
                  response: { status: 200, headers: {}, body, truncated: false },
                },
              ],
            },
          ],
          otherRequests: [],
          logs: [{ level: 'INFO', message: 'read a page' }],
          limitReached: false,
          inferredSchema: { type: 'object', properties: { id: { type: 'integer' } } },
          schemaDifferences: [{ path: 'id', kind: 'added', found: { type: 'integer' } }],
          datetimeFormats: {},
          warnings: [],
          problem: null,
          state: { at: '2026-01-01' },
          configUpdate: null,
          preview: { columns: [{ name: 'id', type: 'BIGINT' }], rows: [[1]] },
        },
      }),
    });
    const user = userEvent.setup();
    show('?part=streams/0');
    const name = await screen.findByRole('textbox', { name: /^Name/ });
    await user.type(name, 'b');
    await user.click(screen.getByRole('button', { name: 'Test the stream' }));
    expect(await screen.findByText(/1 record, 1 page, 2 requests/)).toBeInTheDocument();
    const asked = server.asked.find((each) => each.path.endsWith('/tests') && each.method === 'POST');
    expect(asked?.body).toMatchObject({ stream: 'ab', retries: true, limits: { pages: 5 } });
    await user.click(screen.getByRole('tab', { name: 'Response' }));
    await user.click(await screen.findByRole('button', { name: 'items [1]' }));
    await user.click(await screen.findByRole('menuitem', { name: 'The records are here' }));
    await user.click(screen.getByRole('button', { name: 'Use pagination: address of the next page' }));
    await waitFor(
      () => {
        const saved = Manifest.of(server.kept().manifest);
        expect(
          saved.get(['streams', 0, 'retriever', 'record_selector', 'extractor', 'field_path']).value,
        ).toEqual(['items']);
        expect(
          saved.get(['streams', 0, 'retriever', 'paginator', 'pagination_strategy', 'cursor_value']).value,
        ).toBe("{{ response['next'] }}");
      },
      { timeout: 5000 },
    );
    await user.click(screen.getByRole('tab', { name: /Schema/ }));
    await user.click(await screen.findByRole('button', { name: 'Take over what was found' }));
    await waitFor(
      () =>
        expect(
          Manifest.of(server.kept().manifest).get(['streams', 0, 'schema_loader', 'schema', 'properties'])
            .value,
        ).toEqual({ id: { type: 'integer' } }),
      { timeout: 5000 },
    );
  });

  it('publishes after it has shown what is wrong and whom it touches', async () => {
    const server = serving(SHARED, {
      '/publish/impact': () => ({
        checks: [{ code: 'W_UNTESTED', severity: 'warning', message: 'was never tested', stream: 'b' }],
        breaking: [],
        connections: [{ connectionId: 'c', name: 'Shop to lake', effect: 'b is new' }],
      }),
      '/p1/publish': () => ({ definitionId: 'd1', version: 1 }),
    });
    const user = userEvent.setup();
    show();
    await user.click(await screen.findByRole('button', { name: 'Publish' }));
    expect(await screen.findByText('b: was never tested')).toBeInTheDocument();
    const publish = screen.getByRole('button', { name: 'Publish the version' });
    await user.type(screen.getByRole('textbox', { name: /^Note/ }), 'first');
    expect(publish).toBeDisabled();
    await user.type(screen.getByRole('textbox', { name: /in spite of/ }), 'b is empty');
    await user.click(publish);
    expect(await screen.findByText('Version 1 of Shop API is there.')).toBeInTheDocument();
    expect(server.asked.find((each) => each.path.endsWith('/publish'))?.body).toEqual({
      note: 'first',
      activate: true,
      ignoreWarnings: 'b is empty',
    });
  });
});

describe('what the test panel makes of a request and an answer', () => {
  it('writes a request for a shell', () => {
    expect(curlOf({ method: 'POST', url: "https://example.org/it's", headers: { a: 'b' }, body: '{}' })).toBe(
      `curl -X POST 'https://example.org/it'\\''s' \\\n  -H 'a: b' \\\n  --data-raw '{}'`,
    );
  });

  it('finds how an API pages', () => {
    const kind = (body: unknown, headers = {}) => detectPagination(body, headers)?.kind;
    expect(kind([], { Link: '<https://example.org?page=2>; rel="next"' })).toBe('link');
    expect(kind({ data: [], links: { next: '/items?after=5' } })).toBe('url');
    expect(kind({ data: [], meta: { nextCursor: 'abc' } })).toBe('token');
    expect(kind({ data: [], page: 1, per_page: 20 })).toBe('page');
    expect(kind({ data: [], offset: 0, limit: 20 })).toBe('offset');
    expect(kind({ data: [{ page: 1 }] })).toBeUndefined();
    expect(detectPagination({ meta: { next_cursor: 'x' } }, {})?.paginator).toMatchObject({
      pagination_strategy: {
        cursor_value: "{{ response['meta']['next_cursor'] }}",
        stop_condition: "{{ not response.get('meta').get('next_cursor') }}",
      },
      page_token_option: { field_name: 'cursor' },
    });
  });
});
