package dev.sluice.lowcode.manifest;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types that components have whose manifest leaves them out, by where they stand. */
final class DefaultTypes {
    private static final Map<String, String> USUAL = new HashMap<>();
    private static final Map<String, String> CUSTOM = new HashMap<>();

    private DefaultTypes() {}

    static {
        usual("DefaultErrorHandler", "CompositeErrorHandler.error_handlers", "HttpRequester.error_handler");
        usual("JsonDecoder", "CursorPagination.decoder", "DefaultPaginator.decoder", "DpathExtractor.decoder");
        usual("MinMaxDatetime", "DatetimeBasedCursor.start_datetime", "DatetimeBasedCursor.end_datetime");
        usual(
                "RequestOption",
                "DatetimeBasedCursor.start_time_option",
                "DatetimeBasedCursor.end_time_option",
                "DefaultPaginator.page_size_option",
                "ListPartitionRouter.request_option",
                "ParentStreamConfig.request_option");
        usual("CheckStream", "DeclarativeSource.check");
        usual("Spec", "DeclarativeSource.spec");
        usual(
                "DeclarativeStream",
                "DeclarativeSource.streams",
                "DynamicDeclarativeStream.stream_template",
                "ParentStreamConfig.stream");
        usual(
                "SimpleRetriever",
                "DeclarativeStream.retriever",
                "HttpComponentsResolver.retriever",
                "DynamicSchemaLoader.retriever");
        usual("JsonFileSchemaLoader", "DeclarativeStream.schema_loader");
        usual(
                "ComponentMappingDefinition",
                "HttpComponentsResolver.components_mapping",
                "ConfigComponentsResolver.components_mapping");
        usual("StreamConfig", "ConfigComponentsResolver.stream_config");
        usual("HttpResponseFilter", "DefaultErrorHandler.response_filters");
        usual("RecordExpander", "DpathExtractor.record_expander");
        usual("DpathExtractor", "RecordSelector.extractor");
        usual("RecordFilter", "RecordSelector.record_filter");
        usual("NoPagination", "SimpleRetriever.paginator");
        usual("RecordSelector", "SimpleRetriever.record_selector");
        usual("HttpRequester", "SimpleRetriever.requester");
        usual(
                "ParentStreamConfig",
                "SubstreamPartitionRouter.parent_stream_configs",
                "CustomPartitionRouter.parent_stream_configs");
        usual("AddedFieldDefinition", "AddFields.fields");
        usual("TypesMap", "SchemaTypeIdentifier.types_map");
        custom(
                "CustomBackoffStrategy",
                "CompositeErrorHandler.backoff_strategies",
                "DefaultErrorHandler.backoff_strategies");
        custom("CustomRetriever", "DeclarativeStream.retriever");
        custom("CustomTransformation", "DeclarativeStream.transformations");
        custom("CustomPaginationStrategy", "DefaultPaginator.pagination_strategy");
        custom("CustomAuthenticator", "HttpRequester.authenticator");
        custom("CustomErrorHandler", "HttpRequester.error_handler");
        custom("CustomRecordExtractor", "RecordSelector.extractor");
        custom("CustomPartitionRouter", "SimpleRetriever.partition_router");
    }

    private static void usual(String type, String... places) {
        for (String place : places) {
            USUAL.put(place, type);
        }
    }

    private static void custom(String type, String... places) {
        for (String place : places) {
            CUSTOM.put(place, type);
        }
    }

    /** The type of what stands in a field of a component; null if nothing says it. */
    static @Nullable String of(String place, boolean hasClass) {
        return (hasClass ? CUSTOM : USUAL).get(place);
    }
}
