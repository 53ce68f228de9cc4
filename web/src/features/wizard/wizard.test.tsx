import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Actor } from '../../api/actors';
import type { CatalogEntry } from '../../api/schema';
import { show } from '../../test/render';
import type { Document } from './draft';
import { IntentCards } from './IntentCards';
import { SchemaTable } from '../../streams/SchemaTable';
import { withSide } from './SideStep';
import { begin, issues, type Naming, type Wishes } from '../../streams/streams';
import { reachedOf } from './WizardPage';

const WRITES = new Set(['append', 'overwrite', 'append_dedup', 'overwrite_dedup']);
const NAMING: Naming = { definition: 'destination', format: '', prefix: '' };
const STREAMS: CatalogEntry[] = [
  {
    name: 'orders',
    namespace: 'public',
    fieldCount: 2,
    isIncremental: true,
    hasOwnCursor: true,
    primaryKey: [['id']],
  },
  {
    name: 'notes',
    namespace: 'public',
    fieldCount: 1,
    isIncremental: false,
    hasOwnCursor: false,
    primaryKey: [],
  },
];

function Table() {
  const [wishes, setWishes] = useState<Wishes>(() => begin(STREAMS, WRITES));
  return (
    <>
      <IntentCards wishes={wishes} streams={STREAMS} writes={WRITES} onChange={setWishes} />
      <SchemaTable
        sourceId="s"
        streams={STREAMS}
        writes={WRITES}
        wishes={wishes}
        found={issues(STREAMS, wishes, NAMING)}
        naming={NAMING}
        onChange={setWishes}
        actions={null}
      />
      <output data-testid="wishes">{JSON.stringify(wishes)}</output>
    </>
  );
}

const wishes = () => JSON.parse(screen.getByTestId('wishes').textContent) as Wishes;

describe('the table of streams', () => {
  beforeEach(() => {
    // A document without a layout has no heights, and rows that cannot be seen are not drawn.
    vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
    vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200);
    const fields = {
      streams: [
        {
          ...STREAMS[0],
          fields: [
            ['id', 'int64'],
            ['note', 'string'],
          ],
        },
      ],
    };
    vi.stubGlobal('fetch', () =>
      Promise.resolve(
        new Response(JSON.stringify(fields), { headers: { 'Content-Type': 'application/json' } }),
      ),
    );
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it('is walked through by the keys: fields are opened, streams chosen', async () => {
    show(<Table />);
    const grid = screen.getByRole('treegrid');
    grid.focus();
    await userEvent.keyboard('{ArrowDown} ');
    expect(Object.keys(wishes().chosen)).toEqual(['public\nnotes']);
    await userEvent.keyboard(' {ArrowRight}');
    const field = await within(grid).findByLabelText('Field note of public.orders', {}, { timeout: 10_000 });
    expect(field).toBeChecked();
    await userEvent.click(field);
    expect(wishes().chosen['public\norders']?.fields).toEqual(['id']);
    expect(within(grid).getByLabelText('Field id of public.orders')).toBeDisabled();
  });

  it('opens by a key what a row is changed with, and takes rows as a range', async () => {
    show(<Table />);
    const grid = screen.getByRole('treegrid');
    grid.focus();
    await userEvent.keyboard('{ArrowDown}m');
    expect(screen.getByLabelText('Sync mode of public.orders')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(grid).toHaveFocus();
    await userEvent.keyboard('p');
    expect(await screen.findByRole('combobox', { name: 'Primary key of public.orders' })).toBeInTheDocument();
    await userEvent.keyboard('{Escape}{Escape}');
    await waitFor(() => expect(grid).toHaveFocus());
    await userEvent.keyboard('{Home}{Shift>}{ArrowDown}{ArrowDown}{/Shift} ');
    expect(Object.keys(wishes().chosen)).toEqual([]);
  });

  it('lets only some rows through', async () => {
    show(<Table />);
    await userEvent.click(screen.getByRole('button', { name: 'Rows of public.orders that come along' }));
    await userEvent.click(await screen.findByRole('combobox', { name: 'Field of comparison 1' }));
    await userEvent.click(await screen.findByRole('option', { name: 'id' }));
    await userEvent.type(screen.getByLabelText('Value of comparison 1'), '7');
    await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
    expect(wishes().chosen['public\norders']?.mappers).toEqual([
      {
        type: 'row-filtering',
        mapperConfiguration: { conditions: { type: 'EXPRESSION', expression: 'id = 7' } },
      },
    ]);
  });

  it('changes a mode, tells what is missing then, and takes it back', async () => {
    show(<Table />);
    await userEvent.selectOptions(
      screen.getByLabelText('Sync mode of public.notes'),
      'full_refresh_overwrite_deduped',
    );
    expect(screen.getByRole('img', { name: /notes needs a primary key/ })).toBeInTheDocument();
    expect(screen.getByText('Issues (1)')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(wishes().chosen['public\nnotes']?.mode).toBe('full_refresh_overwrite');
  });

  it('asks before another intent changes what somebody has set', async () => {
    show(<Table />);
    await userEvent.selectOptions(screen.getByLabelText('Sync mode of public.notes'), 'full_refresh_append');
    await userEvent.click(screen.getByRole('radio', { name: /Append historical changes/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Keep them' }));
    expect(wishes().intent).toBe('append');
    expect(wishes().chosen['public\norders']?.mode).toBe('incremental_append');
  });

  it('shows what is looked for', async () => {
    show(<Table />);
    await userEvent.type(screen.getByPlaceholderText(/^Search/), 'note');
    expect(await screen.findByText('1 stream shown')).toBeInTheDocument();
    expect(screen.queryByLabelText('Select public.orders')).toBeNull();
  });
});

describe('the steps', () => {
  const actor = (id: string): Actor => ({
    id,
    kind: 'source',
    name: id,
    connector: 'x',
    definitionId: 'd',
    configuration: {},
    createdAt: 0,
  });

  it('open one after the other', () => {
    const sides = { source: { sourceId: 's', name: 'S' }, destination: { destinationId: 'd', name: 'D' } };
    expect(reachedOf({ page: {} })).toBe('source');
    expect(reachedOf({ source: sides.source, page: {} })).toBe('destination');
    expect(reachedOf({ ...sides, page: {} })).toBe('streams');
    expect(reachedOf({ ...sides, page: { wishes: begin(STREAMS, WRITES) } })).toBe('configure');
  });

  it('forget streams when another side is chosen, and only then', () => {
    const before: Document = {
      source: { sourceId: 'a', name: 'a' },
      page: { wishes: begin(STREAMS, WRITES) },
    };
    expect(withSide(before, 'source', actor('a')).page).toBe(before.page);
    expect(withSide(before, 'source', actor('b')).page).toEqual({});
  });
});
