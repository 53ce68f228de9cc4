package dev.sluice.lowcode.manifest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The types of components, the fields that each needs, and the words that some fields are limited to. */
final class ComponentTypes {
    private static final Map<String, List<String>> REQUIRED = new TreeMap<>();
    private static final Map<String, Set<String>> WORDS = Map.of(
            "http_method", Set.of("GET", "POST", "PUT", "PATCH"),
            "inject_into", Set.of("request_parameter", "header", "body_data", "body_json"),
            "action",
                    Set.of(
                            "SUCCESS",
                            "FAIL",
                            "RETRY",
                            "IGNORE",
                            "RATE_LIMITED",
                            "RESET_PAGINATION",
                            "REFRESH_TOKEN_THEN_RETRY",
                            "RESET",
                            "SPLIT_USING_CURSOR",
                            "BlockSimultaneousSyncsAction"),
            "failure_type", Set.of("system_error", "config_error", "transient_error"),
            "value_type", Set.of("string", "number", "integer", "boolean"));

    private ComponentTypes() {}

    static {
        // A type, and behind it the fields that it cannot do without.
        for (String line : """
            DeclarativeSource check version
            CheckStream
            CheckDynamicStream stream_count
            DynamicStreamCheckConfig dynamic_stream_name
            DeclarativeStream retriever
            StateDelegatingStream name full_refresh_stream incremental_stream
            ConditionalStreams condition streams
            DynamicDeclarativeStream stream_template components_resolver
            SimpleRetriever requester record_selector
            AsyncRetriever record_selector status_mapping status_extractor creation_requester polling_requester download_requester
            AsyncJobStatusMap running completed failed timeout
            PaginationReset action
            PaginationResetLimits
            HttpRequester
            RequestBodyJsonObject value
            RequestBodyUrlEncodedForm value
            RequestBodyPlainText value
            RequestBodyGraphQL value
            RequestBodyGraphQlQuery query
            RecordSelector extractor
            DpathExtractor field_path
            RecordExpander expand_records_from_field
            ResponseToFileExtractor
            RecordFilter condition
            JsonDecoder
            JsonlDecoder
            JsonItemsDecoder items_path
            CsvDecoder
            XmlDecoder
            GzipDecoder decoder
            ZipfileDecoder decoder
            IterableDecoder
            NoPagination
            DefaultPaginator pagination_strategy
            CursorPagination cursor_value
            PageIncrement
            OffsetIncrement
            RequestPath
            RequestOption inject_into
            BearerAuthenticator api_token
            ApiKeyAuthenticator
            BasicHttpAuthenticator username
            OAuthAuthenticator
            SelectiveAuthenticator authenticator_selection_path authenticators
            SessionTokenAuthenticator login_requester session_token_path request_authentication
            Bearer
            ApiKey inject_into
            JwtAuthenticator secret_key algorithm
            JwtHeaders
            JwtPayload
            LegacySessionTokenAuthenticator header login_url session_token_response_key validate_session_url
            RateLimitedMultipleTokenAuthenticator tokens quota_status_source quotas
            QuotaStatusSource url
            TokenQuota name remaining_path reset_path
            NoAuth
            HTTPAPIBudget policies
            FixedWindowCallRatePolicy period call_limit matchers
            MovingWindowCallRatePolicy rates matchers
            UnlimitedCallRatePolicy matchers
            Rate limit interval
            HttpRequestRegexMatcher
            DefaultErrorHandler
            CompositeErrorHandler error_handlers
            HttpResponseFilter
            ConstantBackoffStrategy backoff_time_in_seconds
            ExponentialBackoffStrategy
            WaitTimeFromHeader header
            WaitUntilTimeFromHeader header
            DatetimeBasedCursor cursor_field datetime_format start_datetime
            IncrementingCountCursor cursor_field
            MinMaxDatetime datetime
            Clamping target
            SubstreamPartitionRouter parent_stream_configs
            ParentStreamConfig stream parent_key partition_field
            ListPartitionRouter values cursor_field
            GroupingPartitionRouter group_size underlying_partition_router
            UnionPartitionRouter partition_field partition_routers
            AddFields fields
            AddedFieldDefinition path value
            RemoveFields field_pointers
            FlattenFields
            DpathFlattenFields field_path
            KeyTransformation
            KeysToLower
            KeysToSnakeCase
            KeysReplace old new
            QueryProperties property_list
            PropertiesFromEndpoint property_field_path retriever
            PropertyChunking property_limit_type
            GroupByKeyMergeStrategy key
            JsonSchemaPropertySelector
            InlineSchemaLoader
            JsonFileSchemaLoader
            DynamicSchemaLoader retriever schema_type_identifier
            SchemaTypeIdentifier key_pointer
            TypesMap target_type current_type
            ComplexFieldType field_type
            HttpComponentsResolver retriever components_mapping
            ConfigComponentsResolver stream_config components_mapping
            ParametrizedComponentsResolver stream_parameters components_mapping
            StreamParametersDefinition list_of_parameters_for_stream
            StreamConfig configs_pointer
            ComponentMappingDefinition field_path value
            Spec connection_specification
            AuthFlow
            ConfigMigration transformations
            ConfigAddFields fields
            ConfigRemapField map field_path
            ConfigRemoveFields field_pointers
            DpathValidator field_path validation_strategy
            PredicateValidator value validation_strategy
            ValidateAdheresToSchema base_schema
            LegacyToPerPartitionStateMigration
            ConcurrencyLevel default_concurrency
            StreamGroup streams action
            BlockSimultaneousSyncsAction
            FileUploader requester download_target_extractor
            ConfigNormalizationRules
            OauthConnectorInputSpecification
            OAuthConfigSpecification
            State
            """.lines().toList()) {
            List<String> words = List.of(line.strip().split(" +"));
            REQUIRED.put(words.getFirst(), words.subList(1, words.size()));
        }
    }

    /** The fields that a component of a type needs; null if the type is not known. */
    static @Nullable List<String> required(String type) {
        return REQUIRED.get(type);
    }

    static Set<String> known() {
        return REQUIRED.keySet();
    }

    /** The words that a field may hold; null if it may hold any. */
    static @Nullable Set<String> words(String field) {
        return WORDS.get(field);
    }
}
