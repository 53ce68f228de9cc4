package dev.sluice.server.api.legacy;

import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.StreamSecrets;
import dev.sluice.server.json.JsonText;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Catalogs as older clients read and write them: each stream with the schema of its rows and with how it is moved. */
final class LegacyCatalogs {
    static final List<String> DESTINATION_MODES = List.of("append", "overwrite", "append_dedup", "overwrite_dedup");

    private static final String SELECTED_FIELDS = "selectedFields";
    private static final String CURSOR = "cursorField";
    private static final String KEY = "primaryKey";

    private LegacyCatalogs() {}

    /** What a source offers, with a first choice of how each stream is moved. */
    static Map<String, Object> offered(Catalog catalog) {
        boolean isOnly = catalog.streams().size() == 1;
        return Map.of(
                "streams",
                catalog.streams().stream()
                        .map(stream -> entry(stream(stream), proposal(stream, isOnly)))
                        .toList());
    }

    /** The streams of a connection, and those of its source that it does not move. */
    static Map<String, Object> chosen(Catalog catalog, List<ConnectionStream> streams) {
        Map<StreamId, ConnectionStream> chosen = new LinkedHashMap<>();
        streams.forEach(stream -> chosen.put(stream.stream(), stream));
        List<Map<String, Object>> shown = new ArrayList<>();
        for (CatalogStream stream : catalog.streams()) {
            ConnectionStream its = chosen.remove(stream.id());
            shown.add(entry(stream(stream), its == null ? proposal(stream, false) : config(its)));
        }
        // What the source has no longer is still part of the connection.
        chosen.values().forEach(its -> shown.add(entry(bare(its.stream()), config(its))));
        return Map.of("streams", shown);
    }

    private static Map<String, Object> entry(Map<String, Object> stream, Map<String, Object> config) {
        return Map.of("stream", stream, "config", config);
    }

    private static Map<String, Object> bare(StreamId id) {
        return new Shown()
                .with("name", id.name())
                .with("namespace", id.namespace())
                .with("jsonSchema", Map.of("type", "object", "properties", Map.of()))
                .with("supportedSyncModes", List.of("full_refresh"))
                .object();
    }

    private static Map<String, Object> stream(CatalogStream stream) {
        FieldPath cursor = stream.cursor().field();
        return new Shown()
                .with("name", stream.id().name())
                .with("namespace", stream.id().namespace())
                .with("jsonSchema", object(stream.schema().fields()))
                .with(
                        "supportedSyncModes",
                        stream.supportsIncremental() ? List.of("full_refresh", "incremental") : List.of("full_refresh"))
                .with("sourceDefinedCursor", stream.cursor().sourceDefined())
                .with("defaultCursorField", cursor == null ? List.of() : cursor.parts())
                .with("sourceDefinedPrimaryKey", paths(stream.primaryKey()))
                .with("isResumable", stream.resumable())
                .object();
    }

    /** The choice that is made where nobody has made one. */
    private static Map<String, Object> proposal(CatalogStream stream, boolean isSelected) {
        boolean dedups = stream.supportsIncremental()
                && stream.cursor().sourceDefined()
                && !stream.primaryKey().isEmpty();
        FieldPath cursor = stream.cursor().field();
        return new Shown()
                .with("syncMode", dedups ? "incremental" : "full_refresh")
                .with("destinationSyncMode", dedups ? "append_dedup" : "overwrite")
                .with(CURSOR, cursor == null ? List.of() : cursor.parts())
                .with(KEY, paths(stream.primaryKey()))
                .with("aliasName", stream.id().name())
                .with("selected", isSelected)
                .with("fieldSelectionEnabled", false)
                .object();
    }

    private static Map<String, Object> config(ConnectionStream kept) {
        ConnectionStream stream = StreamSecrets.shown(kept);
        Map<String, @Nullable Object> settings =
                JsonText.object(stream.settings().text());
        Mode mode = Mode.of(stream.syncMode());
        Object fields = settings.get(SELECTED_FIELDS);
        return new Shown()
                .with("syncMode", mode.reads())
                .with("destinationSyncMode", mode.writes())
                .with(CURSOR, Objects.requireNonNullElse(settings.get(CURSOR), List.of()))
                .with(KEY, Objects.requireNonNullElse(settings.get(KEY), List.of()))
                .with("aliasName", stream.stream().name())
                .with("selected", stream.selected())
                .with("fieldSelectionEnabled", fields != null)
                .with(SELECTED_FIELDS, fields)
                .with("mappers", settings.get("mappers"))
                .with("destinationObjectName", settings.get("destinationObjectName"))
                .with("mappedFields", settings.get("mappedFields"))
                .with("matchingKey", settings.get("matchingKey"))
                .object();
    }

    /** The two halves of a mode, which the public API writes as one word. */
    private record Mode(String reads, String writes) {
        static Mode of(String word) {
            String reads = word.startsWith("incremental_") ? "incremental" : "full_refresh";
            String writes = word.substring(reads.length() + 1);
            return new Mode(
                    reads,
                    switch (writes) {
                        case "deduped_history", "upsert" -> "append_dedup";
                        case "overwrite_deduped" -> "overwrite_dedup";
                        default -> writes;
                    });
        }

        String word() {
            return reads + "_"
                    + switch (writes) {
                        case "append_dedup" -> reads.equals("incremental") ? "deduped_history" : "upsert";
                        case "overwrite_dedup" -> "overwrite_deduped";
                        default -> writes;
                    };
        }
    }

    /** The streams that a catalog of a client has selected, in the words of the public API. */
    static Map<String, Object> wished(Object syncCatalog) {
        List<Object> streams = new ArrayList<>();
        Object all = JsonText.members(syncCatalog).get("streams");
        if (all instanceof List<?> entries) {
            for (Object entry : entries) {
                Map<String, @Nullable Object> config = members(entry, "config");
                if (!Boolean.FALSE.equals(config.get("selected"))) {
                    streams.add(wish(members(entry, "stream"), config));
                }
            }
        }
        if (streams.isEmpty()) {
            throw Refusal.badRequest("syncCatalog has to select a stream");
        }
        return Map.of("streams", streams);
    }

    private static Map<String, @Nullable Object> members(@Nullable Object entry, String name) {
        if (entry instanceof Map<?, ?> map && map.get(name) instanceof Map<?, ?> inner) {
            return JsonText.members(inner);
        }
        throw Refusal.badRequest("each stream of syncCatalog needs a stream and a config");
    }

    private static Map<String, Object> wish(
            Map<String, @Nullable Object> stream, Map<String, @Nullable Object> config) {
        Mode mode = new Mode(
                Objects.toString(config.get("syncMode"), "full_refresh"),
                Objects.toString(config.get("destinationSyncMode"), "append"));
        boolean isPart = Boolean.TRUE.equals(config.get("fieldSelectionEnabled"));
        return new Shown()
                .with("name", stream.get("name"))
                .with("namespace", stream.get("namespace"))
                .with("syncMode", mode.word())
                .with(CURSOR, mode.reads().equals("incremental") ? config.get(CURSOR) : null)
                .with(KEY, mode.writes().endsWith("dedup") ? config.get(KEY) : null)
                .with(SELECTED_FIELDS, isPart ? config.get(SELECTED_FIELDS) : null)
                .with("mappers", config.get("mappers"))
                .with("destinationObjectName", config.get("destinationObjectName"))
                .with("mappedFields", config.get("mappedFields"))
                .with("matchingKey", config.get("matchingKey"))
                .object();
    }

    private static List<List<String>> paths(List<FieldPath> paths) {
        return paths.stream().map(FieldPath::parts).toList();
    }

    private static Map<String, Object> object(List<Field> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.name(), schema(field.type())));
        return Map.of("type", "object", "properties", properties);
    }

    /** A type as JSON Schema; everything may be null. */
    private static Map<String, Object> schema(DataType type) {
        return switch (type) {
            case DataType.BoolType() -> typed("boolean");
            case DataType.IntType(int _) -> typed("number", "airbyte_type", "integer");
            case DataType.DecimalType(int _, int _), DataType.FloatType(int _) -> typed("number");
            case DataType.TextType(), DataType.UuidType() -> typed("string");
            case DataType.BinaryType() -> typed("string", "contentEncoding", "base64");
            case DataType.DateType() -> typed("string", "format", "date");
            case DataType.TimeType(int _, boolean zoned) ->
                typed("string", "format", "time", "airbyte_type", "time_" + zone(zoned));
            case DataType.TimestampType(int _, boolean zoned) ->
                typed("string", "format", "date-time", "airbyte_type", "timestamp_" + zone(zoned));
            case DataType.JsonType(), DataType.UnknownType(String _) -> Map.of();
            case DataType.ArrayType(DataType element) -> {
                Map<String, Object> array = new LinkedHashMap<>(typed("array"));
                array.put("items", schema(element));
                yield array;
            }
            case DataType.ObjectType(List<Field> fields) -> {
                Map<String, Object> object = new LinkedHashMap<>(object(fields));
                object.put("type", List.of("null", "object"));
                yield object;
            }
        };
    }

    private static String zone(boolean zoned) {
        return zoned ? "with_timezone" : "without_timezone";
    }

    private static Map<String, Object> typed(String type, String... more) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("null", type));
        for (int i = 0; i < more.length; i += 2) {
            schema.put(more[i], more[i + 1]);
        }
        return schema;
    }
}
