/** What the form knows of components: their fields, and how each is entered. All else of a manifest is "only in YAML". */

export type Kind =
  /** Text that may hold templates. */
  | 'template'
  | 'text'
  | 'long'
  | 'integer'
  | 'number'
  | 'flag'
  | 'choice'
  /** A list of texts, a list of numbers. */
  | 'texts'
  | 'codes'
  /** Names with values. */
  | 'pairs'
  /** Steps into a record: a list of texts. */
  | 'path'
  | 'paths'
  | 'key'
  /** A component of one of several types, or several of them. */
  | 'one'
  | 'many'
  /** Components by name. */
  | 'named'
  /** One or several, as it comes: routers, loaders of schemas. */
  | 'oneOrMany'
  | 'parent'
  | 'schema'
  /** Any value: written as YAML. */
  | 'value';

export interface Field {
  key: string;
  kind: Kind;
  /** Of a choice. */
  options?: readonly string[];
  /** Of components. */
  types?: readonly string[];
  /** A text may stand in the place of the component. */
  orText?: boolean;
  isRequired?: boolean;
  /** Few need it: folded away until it says something. */
  isRare?: boolean;
  /** What holds while nothing is said. */
  initial?: string | number | boolean;
}

type Made = Field & { need: Field; rare: Field };

function field(key: string, kind: Kind, more: Partial<Field> = {}): Made {
  const made = { key, kind, ...more };
  return Object.defineProperties(made, {
    need: { get: () => ({ ...made, isRequired: true }), enumerable: false },
    rare: { get: () => ({ ...made, isRare: true }), enumerable: false },
  }) as Made;
}

const template = (key: string) => field(key, 'template');
const text = (key: string) => field(key, 'text');
const integer = (key: string, initial?: number) =>
  field(key, 'integer', initial === undefined ? {} : { initial });
const flag = (key: string, initial = false) => field(key, 'flag', { initial });
const choice = (key: string, ...options: string[]) => field(key, 'choice', { options });
const texts = (key: string) => field(key, 'texts');
const pairs = (key: string) => field(key, 'pairs');
const path = (key: string) => field(key, 'path');
const value = (key: string) => field(key, 'value');
const one = (key: string, ...types: string[]) => field(key, 'one', { types });
const many = (key: string, ...types: string[]) => field(key, 'many', { types });

export const AUTHENTICATORS = [
  'NoAuth',
  'ApiKeyAuthenticator',
  'BasicHttpAuthenticator',
  'BearerAuthenticator',
  'OAuthAuthenticator',
  'JwtAuthenticator',
  'SessionTokenAuthenticator',
  'SelectiveAuthenticator',
];
const DECODERS = [
  'JsonDecoder',
  'JsonlDecoder',
  'JsonItemsDecoder',
  'CsvDecoder',
  'XmlDecoder',
  'IterableDecoder',
  'GzipDecoder',
  'ZipfileDecoder',
];
const HANDLERS = ['DefaultErrorHandler', 'CompositeErrorHandler'];
const BACKOFFS = [
  'ConstantBackoffStrategy',
  'ExponentialBackoffStrategy',
  'WaitTimeFromHeader',
  'WaitUntilTimeFromHeader',
];
const ROUTERS = [
  'SubstreamPartitionRouter',
  'ListPartitionRouter',
  'GroupingPartitionRouter',
  'UnionPartitionRouter',
];
const TRANSFORMATIONS = [
  'AddFields',
  'RemoveFields',
  'KeysToLower',
  'KeysToSnakeCase',
  'KeysReplace',
  'FlattenFields',
  'DpathFlattenFields',
];
const CURSORS = ['DatetimeBasedCursor', 'IncrementingCountCursor'];
const LOADERS = ['InlineSchemaLoader', 'DynamicSchemaLoader', 'JsonFileSchemaLoader'];
const BODIES = [
  'RequestBodyJsonObject',
  'RequestBodyUrlEncodedForm',
  'RequestBodyPlainText',
  'RequestBodyGraphQL',
];
const VALUE_TYPES = ['string', 'integer', 'number', 'boolean'];
const POLICIES = ['MovingWindowCallRatePolicy', 'FixedWindowCallRatePolicy', 'UnlimitedCallRatePolicy'];

const router = (key: string) => field(key, 'oneOrMany', { types: ROUTERS });
const option = (key: string) => one(key, 'RequestOption');
const moment = (key: string) => field(key, 'one', { types: ['MinMaxDatetime'], orText: true });

/** A requester is the same wherever one is. */
const REQUESTER: Field[] = [
  template('url_base'),
  template('url').rare,
  template('path'),
  choice('http_method', 'GET', 'POST'),
  pairs('request_parameters'),
  pairs('request_headers'),
  one('request_body', ...BODIES),
  value('request_body_json').rare,
  value('request_body_data').rare,
  one('authenticator', ...AUTHENTICATORS),
  one('error_handler', ...HANDLERS),
  flag('use_cache').rare,
];

export const COMPONENTS: Record<string, readonly Field[]> = {
  CheckStream: [texts('stream_names'), value('dynamic_streams_check_configs').rare],
  CheckDynamicStream: [integer('stream_count', 1).need, flag('use_check_availability', true)],
  ConcurrencyLevel: [
    field('default_concurrency', 'template', { isRequired: true, initial: 2 }),
    integer('max_concurrency'),
  ],
  HTTPAPIBudget: [
    many('policies', ...POLICIES).need,
    text('ratelimit_reset_header'),
    text('ratelimit_remaining_header'),
    field('status_codes_for_ratelimit_hit', 'codes'),
  ],
  MovingWindowCallRatePolicy: [many('rates', 'Rate').need, many('matchers', 'HttpRequestRegexMatcher')],
  FixedWindowCallRatePolicy: [
    text('period').need,
    integer('call_limit').need,
    many('matchers', 'HttpRequestRegexMatcher'),
  ],
  UnlimitedCallRatePolicy: [many('matchers', 'HttpRequestRegexMatcher')],
  Rate: [template('limit').need, text('interval').need],
  HttpRequestRegexMatcher: [
    choice('method', 'GET', 'POST'),
    template('url_base'),
    text('url_path_pattern'),
    pairs('params').rare,
    pairs('headers').rare,
    integer('weight').rare,
  ],

  DeclarativeStream: [
    template('name').need,
    field('primary_key', 'key'),
    one('retriever', 'SimpleRetriever', 'AsyncRetriever').need,
    one('incremental_sync', ...CURSORS),
    many('transformations', ...TRANSFORMATIONS),
    field('schema_loader', 'oneOrMany', { types: LOADERS }),
    many('state_migrations', 'LegacyToPerPartitionStateMigration').rare,
    one('file_uploader', 'FileUploader').rare,
  ],
  SimpleRetriever: [
    one('requester', 'HttpRequester').need,
    one('decoder', ...DECODERS),
    one('record_selector', 'RecordSelector').need,
    one('paginator', 'NoPagination', 'DefaultPaginator'),
    flag('ignore_stream_slicer_parameters_on_paginated_requests').rare,
    one('pagination_reset', 'PaginationReset').rare,
    router('partition_router'),
  ],
  AsyncRetriever: [
    one('creation_requester', 'HttpRequester').need,
    one('polling_requester', 'HttpRequester').need,
    one('status_extractor', 'DpathExtractor').need,
    one('status_mapping', 'AsyncJobStatusMap').need,
    one('download_target_requester', 'HttpRequester').rare,
    one('download_target_extractor', 'DpathExtractor'),
    one('download_requester', 'HttpRequester').need,
    one('download_paginator', 'NoPagination', 'DefaultPaginator').rare,
    one('download_extractor', 'DpathExtractor', 'ResponseToFileExtractor').rare,
    one('download_decoder', ...DECODERS),
    one('decoder', ...DECODERS).rare,
    one('abort_requester', 'HttpRequester').rare,
    one('delete_requester', 'HttpRequester').rare,
    template('polling_job_timeout').rare,
    integer('failed_retry_wait_time_in_seconds').rare,
    one('record_selector', 'RecordSelector').need,
    router('partition_router').rare,
  ],
  AsyncJobStatusMap: [
    texts('running').need,
    texts('completed').need,
    texts('failed').need,
    texts('timeout').need,
    texts('skipped').rare,
  ],
  HttpRequester: REQUESTER,
  RequestBodyJsonObject: [value('value').need],
  RequestBodyUrlEncodedForm: [pairs('value').need],
  RequestBodyPlainText: [field('value', 'long').need],
  RequestBodyGraphQL: [one('value', 'RequestBodyGraphQlQuery').need],
  RequestBodyGraphQlQuery: [field('query', 'long').need, value('variables')],
  PaginationReset: [choice('action', 'RESET', 'SPLIT_USING_CURSOR').need, value('limits')],
  RequestOption: [
    choice('inject_into', 'request_parameter', 'header', 'body_json', 'body_data').need,
    template('field_name'),
    path('field_path').rare,
  ],
  RequestPath: [],

  NoAuth: [],
  ApiKeyAuthenticator: [template('api_token').need, option('inject_into'), template('header').rare],
  BasicHttpAuthenticator: [template('username').need, template('password')],
  BearerAuthenticator: [template('api_token').need],
  OAuthAuthenticator: [
    field('grant_type', 'choice', {
      options: ['refresh_token', 'client_credentials'],
      initial: 'refresh_token',
    }),
    template('token_refresh_endpoint').need,
    template('client_id').need,
    template('client_secret').need,
    template('refresh_token'),
    texts('scopes'),
    pairs('refresh_request_body'),
    pairs('refresh_request_headers').rare,
    flag('send_refresh_request_as_query_params').rare,
    template('access_token_value').rare,
    template('access_token_name').rare,
    template('expires_in_name').rare,
    template('client_id_name').rare,
    template('client_secret_name').rare,
    template('refresh_token_name').rare,
    template('grant_type_name').rare,
    template('token_expiry_date').rare,
    text('token_expiry_date_format').rare,
    one('refresh_token_updater', 'RefreshTokenUpdater').rare,
    flag('use_profile_assertion').rare,
    one('profile_assertion', 'JwtAuthenticator').rare,
  ],
  RefreshTokenUpdater: [
    text('refresh_token_name'),
    path('access_token_config_path'),
    path('refresh_token_config_path'),
    path('token_expiry_date_config_path'),
    field('refresh_token_error_status_codes', 'codes'),
    text('refresh_token_error_key'),
    texts('refresh_token_error_values'),
  ],
  JwtAuthenticator: [
    template('secret_key').need,
    choice(
      'algorithm',
      ...['HS', 'RS', 'PS', 'ES'].flatMap((kind) => [256, 384, 512].map((size) => `${kind}${size}`)),
      'ES256K',
      'EdDSA',
    ).need,
    integer('token_duration', 1200),
    flag('base64_encode_secret_key').rare,
    template('header_prefix'),
    one('jwt_headers', 'JwtHeaders').rare,
    pairs('additional_jwt_headers').rare,
    one('jwt_payload', 'JwtPayload').rare,
    pairs('additional_jwt_payload').rare,
    template('passphrase').rare,
    option('request_option').rare,
  ],
  JwtHeaders: [template('kid'), template('typ'), template('cty')],
  JwtPayload: [template('iss'), template('sub'), template('aud')],
  SessionTokenAuthenticator: [
    one('login_requester', 'HttpRequester').need,
    path('session_token_path').need,
    text('expiration_duration'),
    one('request_authentication', 'Bearer', 'ApiKey').need,
    one('decoder', ...DECODERS).rare,
  ],
  Bearer: [],
  ApiKey: [option('inject_into').need, template('api_token').rare],
  SelectiveAuthenticator: [
    path('authenticator_selection_path').need,
    field('authenticators', 'named', { types: AUTHENTICATORS, isRequired: true }),
  ],

  RecordSelector: [
    one('extractor', 'DpathExtractor').need,
    one('record_filter', 'RecordFilter'),
    choice('schema_normalization', 'None', 'Default'),
    flag('transform_before_filtering').rare,
  ],
  DpathExtractor: [path('field_path').need, one('record_expander', 'RecordExpander').rare],
  RecordExpander: [
    path('expand_records_from_field').need,
    flag('remain_original_record'),
    choice('on_no_records', 'skip', 'emit_parent'),
  ],
  ResponseToFileExtractor: [],
  RecordFilter: [template('condition').need],
  JsonDecoder: [],
  JsonlDecoder: [],
  JsonItemsDecoder: [text('items_path').need, text('encoding')],
  IterableDecoder: [],
  CsvDecoder: [text('encoding'), text('delimiter'), texts('set_values_to_none').rare],
  XmlDecoder: [],
  GzipDecoder: [one('decoder', ...DECODERS).need],
  ZipfileDecoder: [one('decoder', ...DECODERS).need],

  NoPagination: [],
  DefaultPaginator: [
    one('pagination_strategy', 'PageIncrement', 'OffsetIncrement', 'CursorPagination').need,
    one('page_token_option', 'RequestOption', 'RequestPath'),
    option('page_size_option'),
  ],
  PageIncrement: [
    field('page_size', 'template'),
    integer('start_from_page', 0),
    flag('inject_on_first_request'),
  ],
  OffsetIncrement: [field('page_size', 'template'), flag('inject_on_first_request')],
  CursorPagination: [
    template('cursor_value').need,
    template('stop_condition'),
    field('page_size', 'template'),
    one('decoder', ...DECODERS).rare,
  ],

  DatetimeBasedCursor: [
    template('cursor_field').need,
    text('datetime_format').need,
    texts('cursor_datetime_formats'),
    moment('start_datetime').need,
    moment('end_datetime'),
    option('start_time_option'),
    option('end_time_option'),
    template('step'),
    text('cursor_granularity'),
    template('lookback_window'),
    flag('is_client_side_incremental').rare,
    flag('is_data_feed').rare,
    flag('global_substream_cursor').rare,
    flag('is_compare_strictly').rare,
    flag('allow_catalog_defined_cursor_field').rare,
    text('partition_field_start').rare,
    text('partition_field_end').rare,
    one('clamping', 'Clamping').rare,
  ],
  Clamping: [template('target').need, value('target_details')],
  MinMaxDatetime: [
    template('datetime').need,
    text('datetime_format'),
    template('min_datetime').rare,
    template('max_datetime').rare,
  ],
  IncrementingCountCursor: [
    template('cursor_field').need,
    field('start_value', 'template'),
    option('start_value_option'),
    flag('allow_catalog_defined_cursor_field').rare,
  ],

  SubstreamPartitionRouter: [many('parent_stream_configs', 'ParentStreamConfig').need],
  ParentStreamConfig: [
    field('stream', 'parent').need,
    template('parent_key').need,
    template('partition_field').need,
    option('request_option'),
    flag('incremental_dependency'),
    field('extra_fields', 'paths').rare,
    path('lazy_read_pointer').rare,
  ],
  ListPartitionRouter: [
    field('values', 'texts', { orText: true }).need,
    template('cursor_field').need,
    option('request_option'),
  ],
  GroupingPartitionRouter: [
    integer('group_size').need,
    one('underlying_partition_router', 'SubstreamPartitionRouter', 'ListPartitionRouter').need,
    flag('deduplicate', true),
  ],
  UnionPartitionRouter: [
    template('partition_field').need,
    many('partition_routers', 'SubstreamPartitionRouter', 'ListPartitionRouter').need,
  ],

  AddFields: [many('fields', 'AddedFieldDefinition').need, template('condition').rare],
  AddedFieldDefinition: [path('path').need, template('value').need, choice('value_type', ...VALUE_TYPES)],
  RemoveFields: [field('field_pointers', 'paths').need, template('condition').rare],
  KeysToLower: [],
  KeysToSnakeCase: [],
  KeysReplace: [template('old').need, template('new').need],
  FlattenFields: [flag('flatten_lists', true)],
  DpathFlattenFields: [
    path('field_path').need,
    flag('delete_origin_value'),
    flag('replace_record'),
    one('key_transformation', 'KeyTransformation').rare,
  ],
  KeyTransformation: [text('prefix'), text('suffix')],

  DefaultErrorHandler: [
    many('response_filters', 'HttpResponseFilter'),
    field('max_retries', 'template', { initial: 5 }),
    many('backoff_strategies', ...BACKOFFS),
  ],
  CompositeErrorHandler: [many('error_handlers', 'DefaultErrorHandler').need],
  HttpResponseFilter: [
    choice(
      'action',
      'SUCCESS',
      'RETRY',
      'FAIL',
      'IGNORE',
      'RATE_LIMITED',
      'RESET_PAGINATION',
      'REFRESH_TOKEN_THEN_RETRY',
    ).need,
    field('http_codes', 'codes'),
    template('error_message_contains'),
    template('predicate'),
    template('error_message'),
    choice('failure_type', 'system_error', 'config_error', 'transient_error').rare,
  ],
  ConstantBackoffStrategy: [
    field('backoff_time_in_seconds', 'template').need,
    field('jitter_range_in_seconds', 'template').rare,
  ],
  ExponentialBackoffStrategy: [field('factor', 'template', { initial: 5 })],
  WaitTimeFromHeader: [
    template('header').need,
    text('regex'),
    field('max_waiting_time_in_seconds', 'number').rare,
  ],
  WaitUntilTimeFromHeader: [template('header').need, field('min_wait', 'template'), text('regex').rare],

  InlineSchemaLoader: [field('schema', 'schema')],
  JsonFileSchemaLoader: [template('file_path')],
  DynamicSchemaLoader: [
    one('retriever', 'SimpleRetriever').need,
    one('schema_type_identifier', 'SchemaTypeIdentifier').need,
    many('schema_transformations', ...TRANSFORMATIONS).rare,
  ],
  SchemaTypeIdentifier: [
    path('schema_pointer'),
    path('key_pointer').need,
    path('type_pointer'),
    value('types_mapping'),
  ],
  LegacyToPerPartitionStateMigration: [],
  FileUploader: [
    one('requester', 'HttpRequester').need,
    one('download_target_extractor', 'DpathExtractor').need,
    template('filename_extractor'),
  ],

  DynamicDeclarativeStream: [
    template('name'),
    one('stream_template', 'DeclarativeStream').need,
    one(
      'components_resolver',
      'HttpComponentsResolver',
      'ConfigComponentsResolver',
      'ParametrizedComponentsResolver',
    ).need,
    flag('use_parent_parameters', true).rare,
  ],
  HttpComponentsResolver: [
    one('retriever', 'SimpleRetriever').need,
    many('components_mapping', 'ComponentMappingDefinition').need,
  ],
  ConfigComponentsResolver: [
    one('stream_config', 'StreamConfig').need,
    many('components_mapping', 'ComponentMappingDefinition').need,
  ],
  ParametrizedComponentsResolver: [
    value('stream_parameters').need,
    many('components_mapping', 'ComponentMappingDefinition').need,
  ],
  StreamConfig: [path('configs_pointer').need, value('default_values').rare],
  ComponentMappingDefinition: [
    path('field_path').need,
    template('value').need,
    choice('value_type', ...VALUE_TYPES),
    flag('create_or_update').rare,
    template('condition').rare,
  ],
};

/** Keys that each component may have and that are shown elsewhere. */
const EVERYWHERE = new Set(['type', '$parameters', '$ref']);

/** What a component says that the form has no field for. */
export function unknownKeys(type: string | undefined, value: Record<string, unknown>): string[] {
  const fields = type === undefined ? undefined : COMPONENTS[type];
  const known = new Set(fields?.map((each) => each.key));
  return Object.keys(value).filter((key) => !EVERYWHERE.has(key) && !known.has(key));
}

/** True if a control can show what is there; where it cannot, the part is "only in YAML". */
export function isShown(field: Field, value: unknown, type: string | undefined): boolean {
  if (value === undefined || value === null) {
    return true;
  }
  const isText = ['string', 'number', 'boolean'].includes(typeof value);
  const areTexts = (each: unknown): boolean =>
    Array.isArray(each) && each.every((item) => ['string', 'number', 'boolean'].includes(typeof item));
  switch (field.kind) {
    case 'template':
    case 'text':
    case 'long':
      return isText;
    case 'choice':
      return typeof value === 'string' && (field.options?.includes(value) ?? false);
    case 'integer':
    case 'number':
      return typeof value === 'number' || (typeof value === 'string' && /^\s*(\d|\{\{)/.test(value));
    case 'flag':
      return typeof value === 'boolean';
    case 'texts':
    case 'path':
      return areTexts(value) || (field.orText === true && typeof value === 'string');
    case 'codes':
      return Array.isArray(value) && value.every((item) => /^\d+$/.test(String(item)));
    case 'paths':
      return Array.isArray(value) && value.every(areTexts);
    case 'key':
      return (
        isText || (Array.isArray(value) && value.every((item) => typeof item === 'string' || areTexts(item)))
      );
    case 'pairs':
      return (
        typeof value === 'object' &&
        !Array.isArray(value) &&
        Object.values(value).every((item) => ['string', 'number', 'boolean'].includes(typeof item))
      );
    case 'one':
      return (
        (field.orText === true && typeof value === 'string') || (type !== undefined && isOffered(field, type))
      );
    case 'many':
    case 'oneOrMany':
    case 'named':
      return typeof value === 'object';
    default:
      return true;
  }
}

export function isOffered(field: Field, type: string): boolean {
  return (field.types ?? []).includes(type);
}
