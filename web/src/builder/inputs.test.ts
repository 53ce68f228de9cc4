import { describe, expect, it } from 'vitest';
import {
  addInput,
  chooseAuthentication,
  chooseGrant,
  inputsOf,
  orderInputs,
  removeInput,
  renameInput,
  usesOfInput,
} from './inputs';
import { BLANK, Manifest } from './manifest';

describe('inputs of users', () => {
  const way = ['definitions', 'base_requester', 'authenticator'];
  const signed = chooseAuthentication(Manifest.of(BLANK), way, 'OAuthAuthenticator');

  it('are asked for by the authentication that is chosen', () => {
    expect(inputsOf(signed).map(({ id, isRequired }) => [id, isRequired])).toEqual([
      ['client_id', true],
      ['client_secret', true],
      ['client_refresh_token', true],
    ]);
    expect(signed.get([...way, 'client_id']).value).toBe("{{ config['client_id'] }}");
  });

  it('go with what needed them, and come back with it', () => {
    const grant = [...way, 'grant_type'];
    const plain = chooseGrant(signed, grant, 'client_credentials');
    expect(plain.get([...way, 'refresh_token']).value).toBeUndefined();
    expect(inputsOf(plain).map(({ id }) => id)).toEqual(['client_id', 'client_secret']);
    const again = chooseGrant(plain, grant, 'refresh_token');
    expect(again.get([...way, 'refresh_token']).value).toBe("{{ config['client_refresh_token'] }}");
    expect(inputsOf(again).length).toBe(3);
  });

  it('are renamed everywhere, and nothing that is called alike', () => {
    const more = signed
      .set(
        ['definitions', 'base_requester', 'url_base'],
        "{{ config.client_id }}/{{ config['client_id_2'] }}",
      )
      .set(['description'], 'config.get(\'client_id\', 1) or config["client_id"] but client_id');
    expect(usesOfInput(more, 'client_id').map((each) => each.join('/'))).toEqual([
      'definitions/base_requester/url_base',
      'definitions/base_requester/authenticator/client_id',
      'description',
    ]);
    const renamed = renameInput(more, 'client_id', 'app');
    expect(renamed.get(['definitions', 'base_requester', 'url_base']).value).toBe(
      "{{ config.app }}/{{ config['client_id_2'] }}",
    );
    expect(renamed.get(['description']).value).toBe('config.get(\'app\', 1) or config["app"] but client_id');
    expect(inputsOf(renamed).map(({ id }) => id)).toEqual(['app', 'client_secret', 'client_refresh_token']);
    expect(inputsOf(renamed)[0]?.isRequired).toBe(true);
    expect(renameInput(renamed, 'app', 'client_id').text).toBe(more.text);
  });

  it('go, and are put into another order', () => {
    const ordered = orderInputs(signed, ['client_secret', 'client_refresh_token', 'client_id']);
    expect(inputsOf(ordered).map(({ id }) => id)).toEqual([
      'client_secret',
      'client_refresh_token',
      'client_id',
    ]);
    expect(
      removeInput(removeInput(removeInput(signed, 'client_id'), 'client_secret'), 'client_refresh_token')
        .text,
    ).toBe(Manifest.of(BLANK).set(way, Manifest.of(signed.text).get(way).value).text);
  });

  it('are there once though they are added where there was no form', () => {
    const none = Manifest.of('streams: []\n');
    const one = addInput(none, { id: 'x', schema: { type: 'string' }, isRequired: true });
    expect(inputsOf(one)).toEqual([{ id: 'x', schema: { type: 'string', order: 0 }, isRequired: true }]);
  });
});

describe('streams', () => {
  const two = Manifest.of(BLANK).addStream('orders').addStream('items');
  const router = ['streams', 1, 'retriever', 'partition_router'];
  const parented = two
    .choose(router, 'SubstreamPartitionRouter')
    .set([...router, 'parent_stream_configs', 0, 'stream'], { $ref: '#/streams/0' });
  const stream = (manifest: Manifest, name: string) => {
    const found = manifest.stream(name);
    if (found === undefined) {
      throw new Error(`there is no stream ${name}`);
    }
    return found;
  };

  it('share the requester, and are checked by the first of them', () => {
    expect(two.streams().map(({ name }) => name)).toEqual(['orders', 'items']);
    expect(two.bases()).toMatchObject([
      { at: ['definitions', 'base_requester'], streams: ['orders', 'items'] },
    ]);
    expect(two.get(['check', 'stream_names', 0]).value).toBe('orders');
    expect(
      two.get(['streams', 0, 'retriever', 'requester', 'path']).siteLinks.map(({ uses }) => uses),
    ).toEqual([1]);
  });

  it('know whose parent they are, however they are ordered', () => {
    expect(parented.dependants(stream(parented, 'orders'))).toEqual(['items']);
    const moved = parented.moveStream(0, 1);
    expect(moved.streams().map(({ name }) => name)).toEqual(['items', 'orders']);
    expect(moved.dependants(stream(moved, 'orders'))).toEqual(['items']);
  });

  it('are renamed where the check names them, copied, and removed with what only they used', () => {
    const renamed = two.renameStream(stream(two, 'orders'), 'sales');
    expect(renamed.get(['check', 'stream_names']).value).toEqual(['sales']);
    const copied = parented.copyStream(stream(parented, 'orders'), 'orders again');
    expect(copied.streams().map(({ name }) => name)).toEqual(['orders', 'orders again', 'items']);
    expect(copied.dependants(stream(copied, 'orders'))).toEqual(['items']);
    const none = renamed.removeStream(stream(renamed, 'items'));
    expect(none.removeStream(stream(none, 'sales')).text).toBe(BLANK);
  });
});
