import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { answering, showPage, WS } from '../../test/page';
import { Definitions } from './Definitions';

const one = (name: string, more = {}) => ({
  definitionId: `d-${name}`,
  kind: 'source',
  name,
  version: '1.0',
  origin: 'builtin',
  supportLevel: 'certified',
  isNative: true,
  isCustom: false,
  isAllowed: true,
  isConfigurable: true,
  ...more,
});

function show(remove = () => new Response(null, { status: 204 })) {
  const requests = answering({
    '/connectors': ({ method, search }) =>
      method === 'POST'
        ? one('New', { origin: 'manifest', isCustom: true })
        : {
            data:
              search.get('kind') === 'source'
                ? [
                    one('PostgreSQL'),
                    one('Faker', {
                      origin: 'image',
                      place: 'airbyte/source-faker',
                      supportLevel: 'none',
                      isNative: false,
                      isCustom: true,
                      isAllowed: false,
                    }),
                  ]
                : [one('Lake', { kind: 'destination' })],
          },
    '/connectors/d-Faker': ({ method }) =>
      method === 'DELETE' ? remove() : one('Faker', { origin: 'image', version: '2.0' }),
  });
  showPage('/w/$ws/settings', `/w/${WS}/settings`, Definitions);
  return requests;
}

describe('the connectors of a workspace', () => {
  it('says how each runs and who looks after it', async () => {
    show();
    expect(await screen.findByRole('row', { name: /PostgreSQL/ })).toHaveTextContent('NativelyCertified');
    const faker = screen.getByRole('row', { name: /Faker/ });
    expect(faker).toHaveTextContent('airbyte/source-faker');
    expect(faker).toHaveTextContent('As an image');
    expect(faker).toHaveTextContent('Not allowed by SLUICE_PROGRAMS');
    expect(within(faker).getByRole('button', { name: 'Remove Faker' })).toBeEnabled();
    expect(screen.queryByRole('button', { name: 'Remove PostgreSQL' })).toBeNull();
  });

  it('brings a manifest as a text', async () => {
    const requests = show();
    await userEvent.type(await screen.findByLabelText(/Name of the connector/), 'New');
    await userEvent.type(screen.getByLabelText('Or its text'), 'version: 1');
    await userEvent.click(screen.getByRole('button', { name: 'Add a connector' }));
    await waitFor(() =>
      expect(requests.find((each) => each.method === 'POST')?.body).toEqual({
        kind: 'source',
        origin: 'manifest',
        name: 'New',
        manifestText: 'version: 1',
      }),
    );
  });

  it('changes the version of an image for all that use it', async () => {
    const requests = show();
    const version = await screen.findByLabelText('Version of Faker');
    await userEvent.clear(version);
    await userEvent.type(version, '2.0');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(requests.find((each) => each.method === 'PUT')?.body).toEqual({ version: '2.0' }),
    );
  });

  it('says why a connector stays', async () => {
    show(
      () =>
        new Response(JSON.stringify({ title: 'state-conflict', detail: '2 sources use this connector' }), {
          status: 409,
        }),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Remove Faker' }));
    expect(await screen.findByText(/2 sources use this connector/)).toBeVisible();
  });
});
