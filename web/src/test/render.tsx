import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { I18n } from '../i18n/i18n';
import { theme } from '../theme/theme';

/** Shows a part of the page with what stands around each: words, colours, questions to the server. */
export function show(part: ReactNode): RenderResult {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <I18n locale="en">
      <MantineProvider theme={theme} env="test">
        <QueryClientProvider client={queries}>{part}</QueryClientProvider>
      </MantineProvider>
    </I18n>,
  );
}
