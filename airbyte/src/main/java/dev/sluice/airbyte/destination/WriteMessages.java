package dev.sluice.airbyte.destination;

import dev.sluice.cdk.json.Json;
import dev.sluice.cdk.schema.JsonSchemas;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.TargetSpec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a destination is told besides records: its catalog, states and the end of a stream. Immutable. */
final class WriteMessages {
    private final StreamId name;

    /** Messages about a stream by its name at the destination. */
    WriteMessages(StreamId name) {
        this.name = name;
    }

    /** The name of a target as a stream. */
    static StreamId name(TargetSpec spec) {
        return StreamId.of(spec.name().namespace(), spec.name().name());
    }

    /** The catalog with the stream and how it is to be written. */
    String catalog(TargetSpec spec, DestinationSyncMode mode) {
        Map<String, Object> stream = new LinkedHashMap<>(descriptor());
        stream.put("json_schema", JsonSchemas.of(spec.schema()));
        stream.put("supported_sync_modes", List.of("full_refresh", "incremental"));
        Generation generation = spec.generation();
        Map<String, Object> configured = new LinkedHashMap<>();
        configured.put("stream", stream);
        configured.put("sync_mode", generation.truncates() ? "full_refresh" : "incremental");
        configured.put("destination_sync_mode", mode.name().toLowerCase(Locale.ROOT));
        FieldPath cursor = spec.mode().cursor();
        configured.put("cursor_field", cursor == null ? List.of() : cursor.parts());
        configured.put(
                "primary_key",
                spec.mode().primaryKey().stream().map(FieldPath::parts).toList());
        configured.put("generation_id", generation.id());
        configured.put("minimum_generation_id", generation.minimum());
        configured.put("sync_id", generation.syncId());
        return Json.write(Map.of("streams", List.of(configured)));
    }

    private Map<String, Object> descriptor() {
        Map<String, Object> descriptor = new LinkedHashMap<>();
        descriptor.put("name", name.name());
        String namespace = name.namespace();
        if (namespace != null) {
            descriptor.put("namespace", namespace);
        }
        return descriptor;
    }

    /**
     * A state, which the destination shall give back once all rows before it are durable.
     *
     * @param number the number by which it is known
     * @param rows the rows since the one before
     */
    byte[] state(long number, long rows) {
        Map<String, Object> stream = new LinkedHashMap<>();
        stream.put("stream_descriptor", descriptor());
        stream.put("stream_state", Map.of(Acknowledgements.PART, number));
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("type", "STREAM");
        state.put("stream", stream);
        state.put("sourceStats", Map.of("recordCount", (double) rows));
        return line("STATE", "state", state);
    }

    /**
     * That the stream is complete, so that a replacement may take its place.
     *
     * @param millis now, in milliseconds since 1970-01-01T00:00Z
     */
    byte[] complete(long millis) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("stream_descriptor", descriptor());
        status.put("status", "COMPLETE");
        Map<String, Object> trace = new LinkedHashMap<>();
        trace.put("type", "STREAM_STATUS");
        trace.put("emitted_at", millis);
        trace.put("stream_status", status);
        return line("TRACE", "trace", trace);
    }

    private static byte[] line(String type, String key, Map<String, Object> payload) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", type);
        message.put(key, payload);
        return (Json.write(message) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
