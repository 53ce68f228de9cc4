import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { render, type RenderResult } from '@testing-library/react';
import type { ComponentType } from 'react';
import { vi } from 'vitest';
import { I18n } from '../i18n/i18n';
import { theme } from '../theme/theme';

export const WS = '00000000-0000-0000-0000-0000000000aa';

/** What a request asked for. */
export interface Asked {
  method: string;
  path: string;
  search: URLSearchParams;
  body: unknown;
}

/**
 * Answers in the place of a server: a function for each path, of which the longest that a request ends with answers. Who may
 * do everything is asked everywhere, and need not be told.
 */
export function answering(answers: Record<string, (asked: Asked) => unknown>): Asked[] {
  const all: Record<string, (asked: Asked) => unknown> = {
    '/me': () => ({
      name: 'local',
      scopes: ['read', 'run', 'edit', 'edit_sources', 'edit_destinations', 'admin'],
      roles: [{ role: 'instance_admin' }],
    }),
    '/tags': () => ({ data: [] }),
    ...answers,
  };
  const requests: Asked[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname, searchParams } = new URL(request.url);
    const text = await request.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const asked = { method: request.method, path: pathname, search: searchParams, body };
    requests.push(asked);
    const [name] = Object.keys(all)
      .filter((each) => pathname.endsWith(each))
      .sort((a, b) => b.length - a.length);
    if (name === undefined) {
      return new Response(JSON.stringify({ title: 'not-found', detail: `nobody answers ${pathname}` }), {
        status: 404,
      });
    }
    const answer = await Promise.resolve(all[name]?.(asked));
    return answer instanceof Response ? answer : new Response(JSON.stringify(answer), { status: 200 });
  });
  return requests;
}

/** Shows a page at its address, with all that stands around it but the shell. */
export function showPage(pattern: string, address: string, page: ComponentType): RenderResult {
  const root = createRootRoute({ component: Outlet });
  const route = createRoute({
    getParentRoute: () => root,
    path: pattern,
    component: page as never,
    validateSearch: (search: Record<string, unknown>) => search,
  });
  const router = createRouter({
    routeTree: root.addChildren([route]),
    history: createMemoryHistory({ initialEntries: [address] }),
    defaultNotFoundComponent: () => null,
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <I18n locale="en">
      <MantineProvider theme={theme} env="test">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router as never} />
        </QueryClientProvider>
      </MantineProvider>
    </I18n>,
  );
}
