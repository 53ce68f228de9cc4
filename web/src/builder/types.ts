/** The types of components that a manifest need not name, by what holds them. */
const BY_PLACE: Record<string, Record<string, string>> = {
  CompositeErrorHandler: { error_handlers: 'DefaultErrorHandler' },
  CursorPagination: { decoder: 'JsonDecoder' },
  DatetimeBasedCursor: {
    end_datetime: 'MinMaxDatetime',
    end_time_option: 'RequestOption',
    start_datetime: 'MinMaxDatetime',
    start_time_option: 'RequestOption',
  },
  DeclarativeSource: { check: 'CheckStream', spec: 'Spec', streams: 'DeclarativeStream' },
  DeclarativeStream: { retriever: 'SimpleRetriever', schema_loader: 'JsonFileSchemaLoader' },
  DynamicDeclarativeStream: {
    stream_template: 'DeclarativeStream',
    components_resolver: 'ConfigComponentResolver',
  },
  HttpComponentsResolver: {
    retriever: 'SimpleRetriever',
    components_mapping: 'ComponentMappingDefinition',
  },
  ConfigComponentsResolver: {
    components_mapping: 'ComponentMappingDefinition',
    stream_config: 'StreamConfig',
  },
  DefaultErrorHandler: { response_filters: 'HttpResponseFilter' },
  DefaultPaginator: { decoder: 'JsonDecoder', page_size_option: 'RequestOption' },
  DpathExtractor: { decoder: 'JsonDecoder', record_expander: 'RecordExpander' },
  HttpRequester: { error_handler: 'DefaultErrorHandler' },
  ListPartitionRouter: { request_option: 'RequestOption' },
  ParentStreamConfig: { request_option: 'RequestOption', stream: 'DeclarativeStream' },
  RecordSelector: { extractor: 'DpathExtractor', record_filter: 'RecordFilter' },
  SimpleRetriever: {
    paginator: 'NoPagination',
    record_selector: 'RecordSelector',
    requester: 'HttpRequester',
  },
  SubstreamPartitionRouter: { parent_stream_configs: 'ParentStreamConfig' },
  AddFields: { fields: 'AddedFieldDefinition' },
  DynamicSchemaLoader: { retriever: 'SimpleRetriever' },
  SchemaTypeIdentifier: { types_map: 'TypesMap' },
};

const BY_CLASS: Record<string, Record<string, string>> = {
  CompositeErrorHandler: { backoff_strategies: 'CustomBackoffStrategy' },
  DefaultErrorHandler: { backoff_strategies: 'CustomBackoffStrategy' },
  DeclarativeStream: { retriever: 'CustomRetriever', transformations: 'CustomTransformation' },
  DefaultPaginator: { pagination_strategy: 'CustomPaginationStrategy' },
  HttpRequester: { authenticator: 'CustomAuthenticator', error_handler: 'CustomErrorHandler' },
  RecordSelector: { extractor: 'CustomRecordExtractor' },
  SimpleRetriever: { partition_router: 'CustomPartitionRouter' },
};

/** The type of a component: as it says, or what stands there where nothing is said. */
export function typeOf(
  value: Record<string, unknown>,
  parent: string | undefined,
  field: string,
): string | undefined {
  if (typeof value.type === 'string') {
    return value.type;
  }
  if (value.type !== undefined) {
    return undefined;
  }
  const table = 'class_name' in value ? BY_CLASS : BY_PLACE;
  return parent === undefined ? undefined : table[parent]?.[field];
}
