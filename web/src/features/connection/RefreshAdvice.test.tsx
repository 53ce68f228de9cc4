import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { StreamConfiguration } from '../../streams/edits';
import { answering, showPage, WS } from '../../test/page';
import { RefreshAdvice } from './RefreshAdvice';

const stream = (name: string, syncMode: string) => ({ name, syncMode }) as StreamConfiguration;
const ORDERS = stream('orders', 'incremental_deduped_history');
const CLICKS = stream('clicks', 'incremental_append');
const NOTES = stream('notes', 'full_refresh_overwrite');

function show(...streams: StreamConfiguration[]) {
  const onDone = vi.fn();
  const requests = answering({ '/connections/c/runs': () => ({ jobId: 1 }) });
  showPage('/w/$ws/connections', `/w/${WS}/connections`, () => (
    <>
      <p>schema</p>
      <RefreshAdvice
        id="c"
        streams={streams.map(({ name }) => ({ name }))}
        configured={[ORDERS, CLICKS, NOTES]}
        onDone={onDone}
      />
    </>
  ));
  return { requests, onDone };
}

describe('what is advised after changes were accepted', () => {
  it('offers what suits all its streams, and refreshes them in one job', async () => {
    const { requests, onDone } = show(ORDERS);
    await userEvent.click(await screen.findByRole('radio', { name: /remove what is not there/ }));
    await userEvent.click(screen.getByRole('button', { name: /^Refresh/ }));
    await waitFor(() => {
      expect(onDone).toHaveBeenCalled();
    });
    expect(requests.find((each) => each.method === 'POST')?.body).toEqual({
      kind: 'refresh',
      streams: [{ name: 'orders' }],
      keepHistory: false,
    });
  });

  it('offers no more than the least of them can have', async () => {
    show(ORDERS, CLICKS);
    expect(await screen.findAllByRole('radio')).toHaveLength(1);
  });

  it('leaves out streams that each sync copies whole', async () => {
    const { requests, onDone } = show(CLICKS, NOTES);
    await userEvent.click(await screen.findByRole('button', { name: /^Refresh/ }));
    await waitFor(() => {
      expect(onDone).toHaveBeenCalled();
    });
    expect(requests.find((each) => each.method === 'POST')?.body).toEqual({
      kind: 'refresh',
      streams: [{ name: 'clicks' }],
      keepHistory: true,
    });
  });

  it('says nothing where all of them are copied whole', async () => {
    show(NOTES);
    expect(await screen.findByText('schema')).toBeVisible();
    expect(screen.queryByRole('radio')).toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
