import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../api/schema';
import { answering, showPage, WS } from '../../test/page';
import { AlertsPage, readPlace } from './AlertsPage';

const FAILED: Alert = {
  alertId: 'a1',
  connectionId: 'c1',
  connectionName: 'Shop to lake',
  kind: 'sync_failed',
  severity: 'error',
  state: 'open',
  jobId: 7,
  message: 'the password is wrong',
  openedAt: '2026-01-01T10:00:00Z',
  lastAt: '2026-01-01T12:00:00Z',
  times: 3,
};

const CHANGED: Alert = {
  ...FAILED,
  alertId: 'a2',
  kind: 'schema_changed',
  severity: 'warning',
  count: 2,
  times: 5,
};

function show(alerts: Alert[], scopes = ['read', 'run']) {
  const requests = answering({
    '/me': () => ({ userId: 'me', name: 'Ada', scopes, roles: [{ role: 'workspace_runner', placeId: WS }] }),
    '/alerts/count': () => ({ open: alerts.length, silenced: 0 }),
    '/alerts': ({ search }) => ({
      previous: '',
      next: '',
      data: search.get('state') === 'open' ? alerts : [],
    }),
    '/alerts/a1': () => ({ ...FAILED, state: 'silenced' }),
  });
  showPage('/w/$ws/alerts', `/w/${WS}/alerts`, AlertsPage);
  return requests;
}

describe('the alerts of a workspace', () => {
  it('says what is wrong with which connection and leads to where it is mended', async () => {
    show([FAILED, CHANGED]);
    const failed = (await screen.findAllByRole('listitem'))[0];
    expect(failed).toHaveTextContent('Error:');
    expect(failed).toHaveTextContent('The last 3 syncs failed');
    expect(failed).toHaveTextContent('the password is wrong');
    expect(screen.getByRole('link', { name: 'See the log' })).toHaveAttribute('href', `/w/${WS}/jobs/7`);
    expect(screen.getByText('The source changed in 2 streams')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Review the changes' })).toHaveAttribute(
      'href',
      `/w/${WS}/connections/c1/schema`,
    );
    expect(screen.getByRole('radio', { name: 'Open (2)' })).toBeChecked();
  });

  it('is acknowledged and put off by whoever may run', async () => {
    const requests = show([FAILED]);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Acknowledge' })).toBeEnabled());
    await userEvent.click(screen.getByRole('button', { name: 'Acknowledge' }));
    await waitFor(() =>
      expect(requests.find((each) => each.method === 'PATCH')?.body).toEqual({ acknowledged: true }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Snooze' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'For a day' }));
    await waitFor(() => expect(requests.filter((each) => each.method === 'PATCH')).toHaveLength(2));
    const { snoozedUntil } = requests.filter((each) => each.method === 'PATCH')[1]?.body as {
      snoozedUntil: string;
    };
    const hours = (new Date(snoozedUntil).getTime() - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
  });

  it('is only looked at by who may only look', async () => {
    show([FAILED], ['read']);
    expect(await screen.findByRole('button', { name: 'Acknowledge' })).toBeDisabled();
  });

  it('says what would be here where nothing is', async () => {
    show([]);
    expect(await screen.findByText('Nothing needs you')).toBeVisible();
    await userEvent.click(screen.getByText('Resolved'));
    expect(await screen.findByText('Nothing was resolved lately')).toBeVisible();
  });
});

describe('the address of alerts', () => {
  it('is read, and anything else in it is as if it said nothing', () => {
    expect(readPlace({ state: 'resolved', page: '2' })).toEqual({ state: 'resolved', page: 2 });
    expect(readPlace({ state: 'gone', page: '-1' })).toEqual({ state: 'open', page: 0 });
    expect(readPlace({ page: '1.5' })).toEqual({ state: 'open', page: 0 });
  });
});
