import { assert, assertEqual, Skip } from '../harness.mjs';

function provider() {
  const address = process.env.SLUICE_PROVIDER;
  if (!address) {
    throw new Skip('there is no provider that signs people in');
  }
  return address;
}

/** Somebody whom the provider knows is let in without a password, and lands where they wanted to go. */
export async function aProviderLetsSomebodyIn({ page, login }) {
  const address = provider();
  const { base } = login.need();
  await page.goto(`${base}/`);
  await page.waitForURL(/\/login/);
  const link = page.getByRole('link', { name: /^Log in with / });
  await link.click();
  await page.getByRole('heading', { name: 'Sign in as Ann' }).waitFor();
  assert(page.url().startsWith(`${address}/sign-in?`), `the page leads to ${page.url()}`);
  // Whoever changes their mind is told, and may begin again.
  await page.getByRole('link', { name: 'Refuse' }).click();
  await page.getByRole('alert').filter({ hasText: /sign/i }).waitFor();
  await link.click();
  await page.getByRole('link', { name: 'Allow' }).click();
  await page.waitForURL(/\/w\/[0-9a-f-]{36}\/home/);
  assertEqual(new URL(page.url()).hash, '', 'what is left of the code in the address');
  await page.getByRole('button', { name: 'Account of ann@example.org' }).waitFor();
}

const MANIFEST = (address) => ({
  version: '6.0.0',
  type: 'DeclarativeSource',
  check: { type: 'CheckStream', stream_names: ['items'] },
  streams: [
    {
      type: 'DeclarativeStream',
      name: 'items',
      primary_key: 'id',
      retriever: {
        type: 'SimpleRetriever',
        requester: {
          type: 'HttpRequester',
          url_base: address,
          path: 'items',
          authenticator: { type: 'BearerAuthenticator', api_token: "{{ config['access_token'] }}" },
        },
        record_selector: { type: 'RecordSelector', extractor: { type: 'DpathExtractor', field_path: [] } },
      },
      schema_loader: {
        type: 'InlineSchemaLoader',
        schema: { type: 'object', properties: { id: { type: 'integer' } } },
      },
    },
  ],
  spec: {
    type: 'Spec',
    connection_specification: {
      type: 'object',
      required: ['client_id', 'client_secret', 'access_token'],
      properties: {
        client_id: { type: 'string', title: 'Client ID', order: 0 },
        client_secret: { type: 'string', title: 'Client secret', airbyte_secret: true, order: 1 },
        access_token: { type: 'string', title: 'Access token', airbyte_secret: true, order: 2 },
      },
    },
    advanced_auth: {
      auth_flow_type: 'oauth2.0',
      oauth_config_specification: {
        oauth_connector_input_specification: {
          consent_url: `${address}/consent?{{ client_id_param }}&{{ redirect_uri_param }}&{{ state_param }}`,
          access_token_url: `${address}/token`,
          access_token_params: {
            grant_type: 'authorization_code',
            '{{ auth_code_key }}': '{{ auth_code_value }}',
            '{{ redirect_uri_key }}': '{{ redirect_uri_value }}',
          },
          extract_output: ['access_token'],
        },
        complete_oauth_output_specification: {
          properties: {
            access_token: {
              path_in_connector_config: ['access_token'],
              path_in_oauth_response: ['access_token'],
            },
          },
        },
        complete_oauth_server_output_specification: {
          properties: {
            client_id: { path_in_connector_config: ['client_id'] },
            client_secret: { path_in_connector_config: ['client_secret'] },
          },
        },
      },
    },
  },
});

/** A consent is given in a window of its own; the source that is saved with it can be used, and nobody has seen its token. */
export async function aConsentIsGivenInAWindowOfItsOwn({ page, server, base }) {
  const address = provider();
  const ws = await server.workspace();
  const { id } = await server.call(
    'POST',
    `/api/public/v1/workspaces/${ws}/definitions/declarative_sources`,
    {
      name: `Items ${Date.now()}`,
      manifest: MANIFEST(address),
    },
  );
  await page.goto(`${base}/w/${ws}/sources/new/${id}`);
  const region = page.getByRole('region', { name: /^Sign in to Items/ });
  await page.getByRole('textbox', { name: 'Source name' }).fill('Consented');
  await page.getByRole('textbox', { name: /^Client ID/ }).fill('sluice');
  await page.getByLabel(/^Client secret/).fill('a secret of the client');
  const answer = async (word) => {
    const opening = page.waitForEvent('popup');
    await region.getByRole('button', { name: /^Authenticate/ }).click();
    const popup = await opening;
    await popup.getByRole('heading', { name: 'Let Sluice read your items' }).waitFor();
    assert(!popup.url().includes('a%20secret'), 'the secret of the client stands in an address');
    const closed = popup.waitForEvent('close');
    await popup.getByRole('link', { name: word }).click();
    await closed;
  };
  await answer('Refuse');
  await region.getByText('somebody said no', { exact: false }).waitFor();
  await answer('Allow');
  await region.getByText('Done. The tokens are put in when you save.').waitFor();
  await page.getByRole('button', { name: 'Set up source' }).click();
  await page.waitForURL(/\/sources\/[0-9a-f-]{36}$|\/sources$/);
  const { data } = await server.call('GET', `/api/public/v1/sources?workspaceIds=${ws}&limit=100`);
  const made = data.find((each) => each.name === 'Consented');
  const { jobId } = await server.call('POST', `/api/sluice/v1/sources/${made.sourceId}/check`);
  assertEqual((await server.ended(jobId)).status, 'succeeded', 'a test with the token of the consent');
  assert(!/[0-9a-f-]{36}/.test(JSON.stringify(made.configuration)), 'the token is told');
  await server.call('DELETE', `/api/public/v1/sources/${made.sourceId}`);
}
