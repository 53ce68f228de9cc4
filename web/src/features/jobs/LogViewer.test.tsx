import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { answering, showPage, WS } from '../../test/page';
import { matches } from './logs';
import { JobPage } from './JobPage';

const job = (more = {}) => ({
  jobId: 7,
  jobType: 'sync',
  status: 'failed',
  isCancelWished: false,
  records: 10,
  bytes: 2048,
  rejected: 0,
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: '2026-01-01T00:01:00Z',
  updatedAt: '2026-01-01T00:01:00Z',
  attempts: [0, 1].map((number) => ({
    number,
    status: 'failed',
    records: 0,
    bytes: 0,
    rejected: 0,
    found: {},
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    failure: { code: 'E_X', kind: 'CONFIG', message: `attempt ${number} broke`, fix: 'mend it' },
  })),
  ...more,
});

function show(shown: object, search = '') {
  const requests = answering({
    '/jobs/7': () => shown,
    '/jobs/7/streams': () => ({
      previous: '',
      next: '',
      data: [
        {
          name: 'orders',
          namespace: 'public',
          attempt: 1,
          status: 'failed',
          recordsRead: 1,
          bytesRead: 2,
          recordsCommitted: 3,
          recordsFiltered: 4,
          recordsRejected: 5,
          recordsBefore: 0,
          details: {},
        },
      ],
    }),
    '/jobs/7/logs': ({ search: asked }) => ({
      jobId: 7,
      attempt: Number(asked.get('attempt')),
      count: 2,
      lines:
        asked.get('level') === 'ERROR'
          ? [{ number: 1, at: '2026-01-01T00:00:01Z', level: 'ERROR', source: 'source', message: 'it broke' }]
          : [],
    }),
  });
  showPage('/w/$ws/jobs/$jobId', `/w/${WS}/jobs/7${search}`, JobPage);
  return requests;
}

describe('a job', () => {
  it('shows its last attempt, why it failed, and each count in its column', async () => {
    show(job());
    expect(await screen.findByText('attempt 1 broke')).toBeVisible();
    expect(screen.getByText('What to do: mend it')).toBeVisible();
    const row = await screen.findByRole('row', { name: /public\.orders/ });
    expect([...row.querySelectorAll('td')].slice(2, 6).map((cell) => cell.textContent)).toEqual([
      '1',
      '3',
      '4',
      '5',
    ]);
    await userEvent.click(screen.getByRole('button', { name: /Attempt 1/ }));
    expect(await screen.findByText('attempt 0 broke')).toBeVisible();
  });

  it('says at once that it is being cancelled', async () => {
    show(job({ status: 'running', attempts: [], endedAt: undefined }));
    // Who is here has to be known first.
    await waitFor(() => expect(screen.getByRole('button', { name: 'Cancel the job' })).toBeEnabled());
    await userEvent.click(screen.getByRole('button', { name: 'Cancel the job' }));
    expect(await screen.findByRole('button', { name: 'Cancelling…' })).toBeDisabled();
  });

  it('asks the server for errors only', async () => {
    const requests = show(job(), '?attempt=1');
    await userEvent.click(await screen.findByText('Errors'));
    await waitFor(() => expect(screen.getByText('1 line matches')).toBeVisible());
    expect(
      requests
        .filter(({ search }) => search.get('level') === 'ERROR')
        .at(-1)
        ?.search.get('attempt'),
    ).toBe('1');
  });
});

describe('a search in a log', () => {
  it('goes on from page to page until it has enough or the log ends', async () => {
    const pages = [
      { lines: [], next: 50_000 },
      { lines: [{ number: 60_000 }], next: 100_000 },
      { lines: [{ number: 100_001 }] },
    ];
    const asked: string[] = [];
    vi.stubGlobal('fetch', (request: Request) => {
      asked.push(new URL(request.url).searchParams.get('from') ?? '');
      return Promise.resolve(new Response(JSON.stringify(pages.shift())));
    });
    const found = await matches(7, 0, { text: 'x' }, 0);
    expect(found.lines.map((line) => line.number)).toEqual([60_000, 100_001]);
    expect(found.next).toBeUndefined();
    expect(asked).toEqual(['0', '50000', '100000']);
  });
});
