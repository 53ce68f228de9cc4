package dev.sluice.airbyte.source;

import dev.sluice.airbyte.message.State;
import dev.sluice.cdk.json.Json;
import dev.sluice.cdk.schema.JsonSchemas;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a connector offers, in its own words: they are given back to it when it shall read. Immutable.
 *
 * @param streams the stream objects of its catalog, by identity
 */
record Discovered(Map<StreamId, Map<?, ?>> streams) {
    /**
     * Reads the catalog of a connector.
     *
     * @param catalog the payload of its message
     */
    static Discovered of(Map<String, ?> catalog) {
        Map<StreamId, Map<?, ?>> streams = new LinkedHashMap<>();
        if (!(catalog.get("streams") instanceof List<?> list)) {
            throw damaged("it has no list of streams");
        }
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> stream) || !(stream.get("name") instanceof String name) || name.isEmpty()) {
                throw damaged("a stream has no name");
            }
            StreamId id = StreamId.of(stream.get("namespace") instanceof String group ? group : null, name);
            if (streams.put(id, stream) != null) {
                throw damaged("it lists the stream " + id + " twice");
            }
        }
        return new Discovered(streams);
    }

    private static ProblemException damaged(String why) {
        return Problem.of("E_CONNECTOR_CATALOG", ProblemKind.INTERNAL, "the connector's catalog cannot be used")
                .because(why)
                .fix("report it to those who make the connector")
                .exception();
    }

    /** The catalog in the words of Sluice. */
    Catalog catalog(DiscoverScope scope) {
        List<CatalogStream> all = new ArrayList<>();
        streams.forEach((id, stream) -> {
            boolean wanted = switch (scope) {
                case DiscoverScope.All() -> true;
                case DiscoverScope.Only(Set<StreamId> only) -> only.contains(id);
            };
            if (wanted) {
                all.add(describe(id, stream));
            }
        });
        return new Catalog(all);
    }

    private static CatalogStream describe(StreamId id, Map<?, ?> stream) {
        Set<SyncMode> modes = EnumSet.of(SyncMode.FULL_REFRESH);
        if (stream.get("supported_sync_modes") instanceof List<?> supported && supported.contains("incremental")) {
            modes.add(SyncMode.INCREMENTAL);
        }
        List<FieldPath> key = new ArrayList<>();
        if (stream.get("source_defined_primary_key") instanceof List<?> paths) {
            paths.forEach(each -> {
                FieldPath path = path(each);
                if (path != null) {
                    key.add(path);
                }
            });
        }
        FieldPath cursor = path(stream.get("default_cursor_field"));
        boolean decided = Boolean.TRUE.equals(stream.get("source_defined_cursor"));
        return new CatalogStream(
                id,
                fields(stream),
                modes,
                new Cursor(cursor, decided),
                key,
                Boolean.TRUE.equals(stream.get("is_resumable")),
                new Estimate(Estimate.UNKNOWN, Estimate.UNKNOWN));
    }

    private static Schema fields(Map<?, ?> stream) {
        return stream.get("json_schema") instanceof Map<?, ?> schema
                ? JsonSchemas.fields(schema)
                : new Schema(List.of());
    }

    private static @Nullable FieldPath path(@Nullable Object value) {
        if (!(value instanceof List<?> parts) || parts.isEmpty()) {
            return null;
        }
        return new FieldPath(parts.stream().map(String::valueOf).toList());
    }

    /** The streams that shall be read, with how, as the connector is told. */
    String configured(List<StreamRead> reads) {
        return Json.write(Map.of("streams", reads.stream().map(this::configured).toList()));
    }

    private Map<String, @Nullable Object> configured(StreamRead read) {
        boolean full = read.mode() == SyncMode.FULL_REFRESH;
        Map<String, @Nullable Object> configured = new LinkedHashMap<>();
        configured.put("stream", cut(read));
        configured.put("sync_mode", full ? "full_refresh" : "incremental");
        // What happens at the destination is no matter of the source; some old ones know only these words.
        configured.put("destination_sync_mode", full ? "overwrite" : "append");
        FieldPath cursor = read.cursor() == null ? read.stream().cursor().field() : read.cursor();
        if (cursor != null) {
            configured.put("cursor_field", cursor.parts());
        }
        if (!read.primaryKey().isEmpty()) {
            configured.put(
                    "primary_key",
                    read.primaryKey().stream().map(FieldPath::parts).toList());
        }
        return configured;
    }

    /** The stream with the fields that are wanted. */
    private Map<?, ?> cut(StreamRead read) {
        Map<?, ?> known = streams.get(read.stream().id());
        if (known == null || !(known.get("json_schema") instanceof Map<?, ?> schema)) {
            return described(read);
        }
        Set<String> wanted = new HashSet<>(read.schema().names());
        read.primaryKey().forEach(path -> wanted.add(path.column()));
        if (read.cursor() != null) {
            wanted.add(read.cursor().column());
        }
        Map<Object, @Nullable Object> properties = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> all) {
            all.forEach((name, property) -> {
                if (wanted.contains(String.valueOf(name))) {
                    properties.put(name, property);
                }
            });
        }
        Map<Object, @Nullable Object> cutSchema = new LinkedHashMap<>(schema);
        cutSchema.put("properties", properties);
        Map<Object, @Nullable Object> stream = new LinkedHashMap<>(known);
        stream.put("json_schema", cutSchema);
        return stream;
    }

    /** A stream whose own description is not at hand. */
    private static Map<String, @Nullable Object> described(StreamRead read) {
        CatalogStream stream = read.stream();
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        described.put("name", stream.id().name());
        if (stream.id().namespace() != null) {
            described.put("namespace", stream.id().namespace());
        }
        described.put("json_schema", JsonSchemas.of(read.schema()));
        described.put(
                "supported_sync_modes",
                stream.supportsIncremental() ? List.of("full_refresh", "incremental") : List.of("full_refresh"));
        return described;
    }

    /** The file with the state that the connector is given; null if there is none. */
    static @Nullable String stateFile(Map<StreamId, String> kept) {
        try {
            return State.file(kept);
        } catch (State.DifferException differ) {
            throw Problem.of(
                            "E_STATE_DIFFERS",
                            ProblemKind.INTEGRITY,
                            "the streams share one state in the source, and stand at different ones")
                    .because("one of them went on without the others, or was set back")
                    .fix("read them anew: `sluice state rewind` for each stream of the connection")
                    .exception(differ);
        }
    }
}
