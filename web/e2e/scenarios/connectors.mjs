import { assertEqual } from '../harness.mjs';

const MANIFEST = `version: 6.0.0
type: DeclarativeSource
check: {type: CheckStream, stream_names: [items]}
streams:
  - type: DeclarativeStream
    name: items
    retriever:
      type: SimpleRetriever
      requester: {type: HttpRequester, url_base: "https://api.example.org", path: items}
      record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}
spec:
  type: Spec
  connection_specification:
    type: object
    required: [api_key]
    properties: {api_key: {type: string, title: Key of the API, airbyte_secret: true}}
`;

/** A manifest is brought, has a form of its own, and can be removed again. */
export async function aManifestBecomesAConnector({ page, server, base }) {
  const ws = await server.workspace();
  await page.goto(`${base}/w/${ws}/settings/definitions`);
  await page.getByLabel('Name of the connector').fill('Played API');
  await page.getByLabel('Or its text').fill('streams: nothing');
  await page.getByRole('button', { name: 'Add a connector' }).click();
  await page.getByText('The connector was not added').waitFor();
  await page.getByLabel('Or its text').fill(MANIFEST);
  await page.getByRole('button', { name: 'Add a connector' }).click();
  const row = page.getByRole('row', { name: /Played API/ });
  await row.getByText('Natively, from a manifest').waitFor();
  await page.goto(`${base}/w/${ws}/sources/new`);
  await page.getByRole('textbox', { name: 'Search connectors' }).fill('played');
  await page.getByRole('button', { name: /Played API/ }).click();
  await page.getByLabel(/Key of the API/).waitFor();
  await page.goto(`${base}/w/${ws}/settings/definitions`);
  await page.getByRole('button', { name: 'Remove Played API' }).click();
  await row.waitFor({ state: 'detached' });
  assertEqual(await page.getByText('The connector was not removed').count(), 0, 'complaints');
}
