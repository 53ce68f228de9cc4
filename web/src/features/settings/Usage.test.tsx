import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answering, showPage, WS } from '../../test/page';
import { Usage } from './Usage';

it('shows what each connection moved and asks anew for another span', async () => {
  const requests = answering({
    '/usage': ({ search }) => ({
      since: '2026-01-01T00:00:00Z',
      days: [{ date: '2026-01-02', succeeded: 1, failed: 0, records: 300, bytes: 3000, rejected: 0 }],
      connections:
        search.get('days') === '7'
          ? []
          : [
              {
                connectionId: 'c1',
                name: 'Shop to lake',
                isDeleted: false,
                runs: 4,
                failed: 1,
                seconds: 75,
                records: 225,
                bytes: 2250,
                rejected: 2,
              },
              {
                connectionId: 'c2',
                name: 'Old one',
                isDeleted: true,
                runs: 1,
                failed: 0,
                seconds: 5,
                records: 75,
                bytes: 750,
                rejected: 0,
              },
            ],
    }),
  });
  showPage('/w/$ws/settings', `/w/${WS}/settings`, Usage);
  const row = await screen.findByRole('row', { name: /Shop to lake/ });
  expect(within(row).getByRole('link')).toHaveAttribute('href', `/w/${WS}/connections/c1/status`);
  expect(row).toHaveTextContent('22575%2.2 KiB2411 min 15 s');
  expect(within(screen.getByRole('row', { name: /Old one/ })).queryByRole('link')).toBeNull();
  expect(screen.getByText(/300 records .* in 30 days.*At this rate/)).toBeVisible();

  await userEvent.click(screen.getByText('7 days'));
  await screen.findByText(/0 records .*At this rate/);
  expect(
    requests
      .filter((each) => each.path.endsWith('/usage'))
      .at(-1)
      ?.search.get('days'),
  ).toBe('7');
});
