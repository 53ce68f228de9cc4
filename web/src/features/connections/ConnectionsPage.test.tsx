import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { answering, showPage, WS } from '../../test/page';
import { ConnectionsPage } from './ConnectionsPage';
import { removeView, saveView, views } from './views';

const one = (index: number, more = {}) => ({
  connectionId: `00000000-0000-0000-0000-00000000000${index}`,
  name: `Connection ${index}`,
  status: 'healthy',
  standing: 'active',
  breakingChange: false,
  sourceId: 's',
  sourceName: 'Shop',
  destinationId: 'd',
  destinationName: 'Lake',
  schedule: { type: 'every', every: 6, unit: 'hours' },
  failedInRow: 0,
  createdAt: '2026-01-01T00:00:00Z',
  tags: ['finance'],
  ...more,
});

function show(connections: object[], search = '') {
  const requests = answering({
    '/connections/counts': () => ({ all: connections.length, byStatus: { healthy: connections.length } }),
    '/connections': () => ({ previous: '', next: '', data: connections }),
    '/connections/change_each': ({ body }) => ({
      data: (body as { connectionIds: string[] }).connectionIds.map((connectionId, index) => ({
        connectionId,
        done: index === 0,
        ...(index === 0 ? {} : { message: 'it is locked' }),
      })),
    }),
  });
  showPage('/w/$ws/connections', `/w/${WS}/connections${search}`, ConnectionsPage);
  return requests;
}

describe('the list of connections', () => {
  it('says what there is to say of each', async () => {
    show([
      one(1),
      one(2, { status: 'failed', lastRecords: 1234, lastRejected: 2, lastSyncAt: '2026-01-01T00:00:00Z' }),
    ]);
    const row = await screen.findByRole('row', { name: /Connection 2/ });
    expect(row).toHaveTextContent('Failed');
    expect(row).toHaveTextContent('Shop → Lake');
    expect(row).toHaveTextContent('Every 6 hours');
    expect(row).toHaveTextContent('1,234 (2 rejected)');
    expect(row).toHaveTextContent('finance');
  });

  it('leads to the first connection where there is none', async () => {
    show([]);
    expect(await screen.findByText('Nothing is connected yet')).toBeVisible();
    expect(await screen.findByRole('link', { name: 'New connection' })).toBeVisible();
  });

  it('asks for what the address says', async () => {
    const requests = show([one(1)], '?q=shop&status=healthy&sort=last_run');
    await screen.findByRole('link', { name: 'Connection 1' });
    const list = requests.find(({ path }) => path.endsWith('/connections'));
    expect(list?.search.get('text')).toBe('shop');
    expect(list?.search.get('status')).toBe('healthy');
    expect(list?.search.get('orderBy')).toBe('last_run');
  });

  it('does things to many, and keeps those chosen that could not', async () => {
    const requests = show([one(1), one(2)]);
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose all that are shown' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Switch off' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Not done for 1 connection');
    expect(within(dialog).getByText('it is locked')).toBeVisible();
    const change = requests.find(({ path }) => path.endsWith('/change_each'));
    expect(change?.body).toMatchObject({ change: 'pause' });
    await waitFor(() => expect(screen.getByText('1 chosen')).toBeInTheDocument());
  });

  it('deletes only what was confirmed by a word', async () => {
    const requests = show([one(1)]);
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose Connection 1' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    const dialog = await screen.findByRole('dialog');
    const button = within(dialog).getByRole('button', { name: 'Delete' });
    expect(button).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox'), 'delete');
    await userEvent.click(button);
    await waitFor(() =>
      expect(requests.find(({ path }) => path.endsWith('/change_each'))?.body).toMatchObject({
        change: 'delete',
      }),
    );
  });
});

describe('views', () => {
  it('are kept under their names', () => {
    saveView({ name: 'b', filter: { tags: ['x', 'y'] } });
    saveView({ name: 'a', filter: { q: '1' } });
    saveView({ name: 'b', filter: { status: 'failed' } });
    expect(views()).toEqual([
      { name: 'a', filter: { q: '1' } },
      { name: 'b', filter: { status: 'failed' } },
    ]);
    expect(removeView('a')).toHaveLength(1);
  });
});
