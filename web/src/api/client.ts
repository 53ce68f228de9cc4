import createClient, { type Middleware } from 'openapi-fetch';
import { ApiProblem, problemOf } from './problem';
import type { paths } from './schema';
import { session } from './session';

const LOGIN = '/api/sluice/v1/login';

/** Adds the session, and turns whatever is no success into an ApiProblem. */
const manners: Middleware = {
  onRequest({ request }) {
    const token = session.token();
    if (token !== null) {
      request.headers.set('Authorization', `Bearer ${token}`);
    }
    return request;
  },
  async onResponse({ response, schemaPath }) {
    if (response.ok) {
      return undefined;
    }
    if (response.status === 401 && schemaPath !== LOGIN) {
      session.end();
    }
    const body: unknown = await response.json().catch(() => undefined);
    throw problemOf(response.status, body, response.headers.get('x-request-id') ?? undefined);
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      return error;
    }
    return new ApiProblem(0, 'unreachable', error instanceof Error ? error.message : String(error));
  },
};

/** All that the server answers, with the types of its document. Failures are thrown (ApiProblem). */
export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  // Looked up at each call, so that tests may put another in its place.
  fetch: (request) => globalThis.fetch(request),
});
api.use(manners);

/** The content of an answer. `const jobs = await ok(api.GET(…))`. */
export async function ok<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer;
  return data as T;
}
