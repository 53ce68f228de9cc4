import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { answering, showPage, WS } from '../../test/page';
import { Palette } from './Palette';

function show() {
  const requests = answering({
    '/connections': () => ({ data: [{ connectionId: 'c1', name: 'Shop to lake' }], previous: '', next: '' }),
  });
  showPage('/w/$ws/home', `/w/${WS}/home`, () => (
    <main>
      <input type="search" aria-label="search" />
      <Palette />
    </main>
  ));
  return requests;
}

describe('the palette', () => {
  it('opens by keys and finds connections, pages and jobs', async () => {
    const requests = show();
    await screen.findByRole('searchbox');
    await userEvent.keyboard('{Control>}k{/Control}');
    const find = await screen.findByRole('combobox');
    expect(await screen.findByRole('option', { name: 'Shop to lake' })).toBeVisible();
    await userEvent.type(find, '17');
    expect(await screen.findByRole('option', { name: 'Job 17' })).toBeVisible();
    await waitFor(() => expect(requests.at(-1)?.search.get('text')).toBe('17'));
    await userEvent.keyboard('{ArrowDown}');
    expect(await screen.findByRole('option', { selected: true })).toHaveTextContent('Shop to lake');
  });

  it('shows the keys, and takes no letters from who types', async () => {
    show();
    const search = await screen.findByRole('searchbox');
    await userEvent.type(search, 'what?');
    expect(screen.queryByRole('dialog')).toBeNull();
    search.blur();
    await userEvent.keyboard('?');
    expect(await screen.findByRole('dialog')).toHaveTextContent('Keys');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await userEvent.keyboard('/');
    expect(search).toHaveFocus();
  });
});
