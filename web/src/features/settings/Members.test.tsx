import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { answering, showPage, WS } from '../../test/page';
import { Members } from './Members';

const granted = (permissionType: string, scope: string, scopeId: string) => ({
  data: [{ permissionId: `p-${permissionType}`, permissionType, scope, scopeId, userId: 'u' }],
});

const PEOPLE = [
  { id: 'me', name: 'Ada', email: 'ada@example.org' },
  { id: 'reader', name: 'Bea', email: 'bea@example.org' },
  { id: 'elsewhere', name: 'Cy', email: 'cy@example.org' },
  { id: 'chief', name: 'Di', email: 'di@example.org' },
];

const PERMISSIONS: Record<string, unknown> = {
  me: granted('workspace_admin', 'workspace', WS),
  reader: granted('workspace_reader', 'workspace', WS),
  elsewhere: granted('workspace_admin', 'workspace', 'another'),
  chief: granted('instance_admin', 'none', 'nobody'),
};

function show(change: () => unknown = () => ({ permissionId: 'p' })) {
  const requests = answering({
    '/me': () => ({
      userId: 'me',
      name: 'Ada',
      scopes: ['read', 'run', 'edit', 'admin'],
      roles: [{ role: 'workspace_admin', placeId: WS }],
    }),
    '/organizations': () => ({ data: [{ organizationId: 'o', organizationName: 'Team' }] }),
    '/users': () => ({ data: PEOPLE }),
    '/permissions': ({ method, search }) =>
      method === 'POST' ? change() : PERMISSIONS[search.get('userId') ?? ''],
    '/permissions/p-workspace_reader': change,
  });
  showPage('/w/$ws/settings', `/w/${WS}/settings`, Members);
  return requests;
}

async function choose(name: string, role: RegExp) {
  await userEvent.click(await screen.findByRole('combobox', { name: `Role of ${name} in this workspace` }));
  await userEvent.click(await screen.findByRole('option', { name: role }));
}

describe('the roles of members', () => {
  it('tells those that are not to be changed here, and lets the others be chosen', async () => {
    show();
    expect(await screen.findByRole('combobox', { name: /Bea/ })).toHaveValue('Viewer: looks');
    expect(screen.getByRole('combobox', { name: /Cy/ })).toHaveValue('None here');
    expect(screen.getByRole('row', { name: /Di/ })).toHaveTextContent('Admin of this server');
    expect(screen.getByRole('row', { name: /Ada/ })).toHaveTextContent('Admin: everything in this workspace');
    expect(screen.queryByRole('combobox', { name: /Ada|Di/ })).toBeNull();
  });

  it('changes the role that somebody has', async () => {
    const requests = show();
    await choose('Bea', /^Source editor/);
    await waitFor(() => {
      expect(requests.find((each) => each.method === 'PATCH')).toMatchObject({
        path: expect.stringMatching(/p-workspace_reader$/) as unknown,
        body: { permissionType: 'workspace_source_editor' },
      });
    });
  });

  it('gives a first role, and takes the last one', async () => {
    const requests = show(() => new Response(null, { status: 204 }));
    await choose('Cy', /^Runner: looks/);
    await waitFor(() => {
      expect(requests.find((each) => each.method === 'POST')?.body).toEqual({
        userId: 'elsewhere',
        permissionType: 'workspace_runner',
        workspaceId: WS,
      });
    });
    await choose('Bea', /^None here/);
    await waitFor(() => {
      expect(requests.some((each) => each.method === 'DELETE')).toBe(true);
    });
  });

  it('says why a role could not be changed', async () => {
    show(() => new Response(JSON.stringify({ title: 'forbidden', detail: 'not yours' }), { status: 403 }));
    await choose('Bea', /^Editor/);
    expect(await screen.findByText(/not yours/)).toBeVisible();
  });
});
