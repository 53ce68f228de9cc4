import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { answering, showPage, WS } from '../../test/page';
import { DocsFrame } from './DocsFrame';
import { GuidePage } from './GuidePage';

describe('the guides in the page', () => {
  it('are named in groups and found by their words', async () => {
    answering({});
    showPage('/w/$ws/docs/$guide', `/w/${WS}/docs/rejects`, DocsFrame);
    const begin = await screen.findByRole('region', { name: 'Begin' });
    expect(within(begin).getByRole('link', { name: 'Rejected records' })).toHaveAttribute(
      'href',
      `/w/${WS}/docs/rejects`,
    );
    await userEvent.type(screen.getByRole('searchbox'), 'e_too_many_rejects');
    const hit = await screen.findByRole('link', { name: 'E_TOO_MANY_REJECTS' });
    expect(hit).toHaveAttribute('href', `/w/${WS}/docs/problems#e_too_many_rejects`);
    await userEvent.type(screen.getByRole('searchbox'), ' nonsense');
    expect(await screen.findByText('No guide says that')).toBeVisible();
  });

  it('are shown whole, with links to each other and to their parts', async () => {
    answering({});
    showPage('/w/$ws/docs/$guide', `/w/${WS}/docs/rejects`, GuidePage);
    expect(await screen.findByRole('heading', { level: 1, name: 'Rejected records' })).toBeVisible();
    const parts = within(screen.getByRole('navigation', { name: 'On this page' })).getAllByRole('link');
    for (const part of parts) {
      const id = part.getAttribute('href')?.slice(1) ?? '';
      expect(document.getElementById(id)?.textContent).toBe(part.textContent);
    }
    expect(parts.length).toBeGreaterThan(2);
  });

  it('says so where there is no such guide', async () => {
    answering({});
    showPage('/w/$ws/docs/$guide', `/w/${WS}/docs/nothing`, GuidePage);
    expect(await screen.findByText('There is no such guide here')).toBeVisible();
  });
});
