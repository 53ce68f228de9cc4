import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { show } from '../test/render';
import { BarChart, ceiling, ChartCard, spanCeiling } from './charts';

describe('the top of a chart', () => {
  it('is a round number that is not below', () => {
    expect([0, 1, 7, 42, 99, 101, 1234].map(ceiling)).toEqual([2, 1, 8, 50, 100, 200, 2000]);
    expect([0, 3, 61, 700, 90_000].map(spanCeiling)).toEqual([1, 5, 120, 1_200, 172_800]);
  });
});

describe('a chart', () => {
  it('says what it shows, leads on, and is a table too', async () => {
    const open = vi.fn();
    show(
      <ChartCard
        title="Volume"
        summary="12 records"
        isEmpty={false}
        chart={
          <BarChart
            label="12 records"
            format={String}
            first="a"
            last="b"
            bars={[{ key: '1', title: 'first run', parts: [{ value: 12, tone: 'primary' }], onClick: open }]}
          />
        }
        table={<table />}
      />,
    );
    expect(screen.getByRole('img', { name: '12 records' })).toBeVisible();
    await userEvent.click(screen.getByText('first run'));
    expect(open).toHaveBeenCalledOnce();
    await userEvent.click(screen.getByRole('button', { name: 'As a table' }));
    expect(screen.getByRole('table')).toBeVisible();
    expect(screen.queryByRole('img')).toBeNull();
  });
});
