import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { asProblem } from '../api/problem';
import { session } from '../api/session';
import { I18n } from '../i18n/i18n';
import { resolver, theme } from '../theme/theme';
import { keep, recall } from '../ui/storage';
import { styleNonce } from './nonce';
import { PreferencesContext } from './Preferences';
import { makeRouter } from './router';

/** A call that the server refuses is refused again; one that did not get through may get through. */
export function makeQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, failure) => {
          const { status } = asProblem(failure);
          return count < 2 && (status === 0 || status >= 500);
        },
      },
    },
  });
}

export function App() {
  const [high, setHigh] = useState(recall('contrast') === 'high');
  const [queries] = useState(makeQueries);
  const [router] = useState(() => makeRouter(queries));
  const variables = useMemo(() => resolver(high), [high]);
  const preferences = useMemo(
    () => ({
      high,
      setHigh: (value: boolean) => {
        keep('contrast', value ? 'high' : 'normal');
        setHigh(value);
      },
    }),
    [high],
  );
  useEffect(
    () =>
      session.onEnd(() => {
        queries.clear();
        void router.navigate({ to: '/login', search: { to: router.state.location.href } });
      }),
    [queries, router],
  );
  return (
    <I18n>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        cssVariablesResolver={variables}
        getStyleNonce={styleNonce}
      >
        <PreferencesContext value={preferences}>
          <QueryClientProvider client={queries}>
            <Notifications position="bottom-right" />
            <RouterProvider router={router} />
          </QueryClientProvider>
        </PreferencesContext>
      </MantineProvider>
    </I18n>
  );
}
