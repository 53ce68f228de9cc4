import { createServer } from 'node:http';
import { until } from './harness.mjs';

const manifest = (address) => `version: 6.48.0
type: DeclarativeSource
check:
  type: CheckStream
  stream_names: [orders]
streams:
  - type: DeclarativeStream
    name: orders
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url_base: ${address}
        path: /orders
        authenticator:
          type: BearerAuthenticator
          api_token: "{{ config['token'] }}"
      record_selector:
        type: RecordSelector
        extractor: {type: DpathExtractor, field_path: [data]}
      paginator:
        type: DefaultPaginator
        pagination_strategy: {type: PageIncrement, page_size: 5, start_from_page: 1}
        page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: page}
    schema_loader:
      type: InlineSchemaLoader
      schema: {type: object, properties: {id: {type: integer}, customer: {type: string}, total: {type: number}}}
spec:
  type: Spec
  connection_specification:
    type: object
    required: [token]
    properties:
      token: {type: string, title: API token, airbyte_secret: true, order: 0}
`;

/** A connector that is being built, with a test of its stream that has succeeded; the place of it. */
export async function builtShop(server, workspaceId) {
  const { data } = await server.call('GET', `/api/sluice/v1/builder/projects?workspaceId=${workspaceId}`);
  const there = data.find((each) => each.name === 'Village shop');
  if (there !== undefined) {
    return there.projectId;
  }
  const orders = Array.from({ length: 12 }, (_, at) => ({
    id: at + 1,
    customer: ['Ada', 'Bea', 'Cy', 'Di'][at % 4],
    total: 12.5 * (at + 1),
  }));
  const api = createServer((request, response) => {
    const page = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('page') ?? 1);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data: orders.slice((page - 1) * 5, page * 5), page }));
  });
  await new Promise((resolve) => {
    api.listen(0, '127.0.0.1', resolve);
  });
  try {
    const project = '/api/sluice/v1/builder/projects';
    const { projectId } = await server.call('POST', project, {
      workspaceId,
      name: 'Village shop',
      manifest: manifest(`http://127.0.0.1:${api.address().port}`),
    });
    await server.call('PUT', `${project}/${projectId}/testing-values`, { values: { token: 'of the shop' } });
    const { testId } = await server.call('POST', `${project}/${projectId}/tests`, { stream: 'orders' });
    await until(
      async () => (await server.call('GET', `/api/sluice/v1/builder/tests/${testId}`)).status !== 'running',
      'the end of the test',
    );
    return projectId;
  } finally {
    api.close();
  }
}
