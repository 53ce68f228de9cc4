import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, ok } from './client';
import { ApiProblem } from './problem';
import { session } from './session';

function serverSays(status: number, body: unknown, headers: Record<string, string> = {}) {
  const fetching = vi.fn((request: Request) =>
    Promise.resolve(
      new Response(typeof body === 'string' ? body : JSON.stringify(body), {
        status,
        headers: { 'Content-Type': 'application/json', 'X-Seen': request.url, ...headers },
      }),
    ),
  );
  vi.stubGlobal('fetch', fetching);
  return fetching;
}

const asked = () => ok(api.GET('/api/sluice/v1/me'));

describe('a call', () => {
  beforeEach(() => session.end());
  afterEach(() => vi.unstubAllGlobals());

  it('gives the content of the answer and sends the session', async () => {
    session.begin('slu_1');
    const fetching = serverSays(200, { name: 'Ada', scopes: [], roles: [] });
    expect((await asked()).name).toBe('Ada');
    expect(fetching.mock.calls[0]?.[0].headers.get('authorization')).toBe('Bearer slu_1');
  });

  it('fails with the words, the code and the number of the request', async () => {
    serverSays(
      400,
      { status: 400, type: 'x#bad-request', title: 'bad-request', detail: 'name is missing', data: {} },
      { 'X-Request-Id': 'r-1' },
    );
    await expect(asked()).rejects.toMatchObject({
      status: 400,
      code: 'bad-request',
      message: 'name is missing',
      requestId: 'r-1',
    });
  });

  it('makes words of what a refusal is about where it has none', async () => {
    serverSays(404, {
      status: 404,
      type: 'x',
      title: 'resource-not-found',
      data: { resourceType: 'source', resourceId: '7' },
    });
    await expect(asked()).rejects.toMatchObject({ message: 'resource not found: source 7' });
  });

  it('understands that somebody in between has answered', async () => {
    serverSays(502, '<html>Bad gateway</html>');
    await expect(asked()).rejects.toMatchObject({ code: 'http-502' });
  });

  it('ends the session when it has run out, and tells so', async () => {
    session.begin('slu_1');
    const told = vi.fn();
    const stop = session.onEnd(told);
    serverSays(401, { status: 401, type: 'x', title: 'unauthorized', detail: 'log in' });
    await expect(asked()).rejects.toBeInstanceOf(ApiProblem);
    expect(session.token()).toBeNull();
    expect(told).toHaveBeenCalledOnce();
    stop();
  });

  it('says that the server cannot be reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(asked()).rejects.toMatchObject({ status: 0, code: 'unreachable', isOffline: true });
  });
});
