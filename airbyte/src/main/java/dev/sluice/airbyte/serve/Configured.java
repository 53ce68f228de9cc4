package dev.sluice.airbyte.serve;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stream of a configured catalog.
 *
 * @param id the stream
 * @param jsonSchema its fields as far as they are wanted; empty if the catalog does not say
 * @param incremental true if only what is new shall be read
 * @param mode how it is written
 * @param cursor the field that tells what is new; null if nobody chose one
 * @param primaryKey the fields that tell rows apart
 * @param generation the generation; null if the orchestrator knows none
 */
record Configured(
        StreamId id,
        Map<?, ?> jsonSchema,
        boolean incremental,
        DestinationSyncMode mode,
        @Nullable FieldPath cursor,
        List<FieldPath> primaryKey,
        @Nullable Numbers generation) {

    /** Which copy of the stream it is, as {@link dev.sluice.spi.destination.Generation} has it. */
    record Numbers(long id, long minimum, long syncId) {}

    /** The streams of a catalog. */
    static List<Configured> of(@Nullable String catalog) {
        if (catalog == null) {
            throw bad("`--catalog` is missing").exception();
        }
        Object streams;
        try {
            streams = Json.readObject(catalog).get("streams");
        } catch (IllegalArgumentException notJson) {
            throw bad("it is " + notJson.getMessage()).exception(notJson);
        }
        List<Configured> configured = new ArrayList<>();
        Set<StreamId> seen = new HashSet<>();
        if (streams instanceof List<?> list) {
            for (Object each : list) {
                Configured stream = stream(each);
                if (!seen.add(stream.id)) {
                    throw bad("it lists the stream " + stream.id + " twice").exception();
                }
                configured.add(stream);
            }
        }
        if (configured.isEmpty()) {
            throw bad("it has no streams").exception();
        }
        return configured;
    }

    private static Configured stream(@Nullable Object given) {
        if (!(given instanceof Map<?, ?> map)
                || !(map.get("stream") instanceof Map<?, ?> stream)
                || !(stream.get("name") instanceof String name)
                || name.isEmpty()) {
            throw bad("one of its streams has no name").exception();
        }
        StreamId id = StreamId.of(stream.get("namespace") instanceof String group ? group : null, name);
        List<FieldPath> key = new ArrayList<>();
        if (map.get("primary_key") instanceof List<?> paths) {
            for (Object path : paths) {
                FieldPath found = path(path);
                if (found != null) {
                    key.add(found);
                }
            }
        }
        return new Configured(
                id,
                stream.get("json_schema") instanceof Map<?, ?> schema ? schema : Map.of(),
                "incremental".equals(map.get("sync_mode")),
                mode(map.get("destination_sync_mode"), id),
                path(map.get("cursor_field")),
                key,
                numbers(map, id));
    }

    private static DestinationSyncMode mode(@Nullable Object name, StreamId id) {
        for (DestinationSyncMode each : DestinationSyncMode.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        if (name == null) {
            return DestinationSyncMode.APPEND;
        }
        throw bad("the stream " + id + " has the unknown mode " + name).exception();
    }

    private static @Nullable Numbers numbers(Map<?, ?> map, StreamId id) {
        if (!(map.get("generation_id") instanceof Number generation)
                || !(map.get("minimum_generation_id") instanceof Number minimum)
                || !(map.get("sync_id") instanceof Number sync)) {
            return null;
        }
        if (minimum.longValue() != 0 && minimum.longValue() != generation.longValue()) {
            throw bad("the stream " + id + " keeps generations from " + minimum + " on, of " + generation)
                    .fix("a minimum generation is 0 or the generation itself")
                    .exception();
        }
        return new Numbers(generation.longValue(), minimum.longValue(), sync.longValue());
    }

    private static @Nullable FieldPath path(@Nullable Object value) {
        return value instanceof List<?> parts && !parts.isEmpty()
                ? new FieldPath(parts.stream().map(String::valueOf).toList())
                : null;
    }

    private static Problem bad(String why) {
        return Problem.of("E_CATALOG", ProblemKind.CONFIG, "the configured catalog cannot be used")
                .because(why);
    }

    /** The names of the fields that are wanted; null if all. */
    @Nullable
    Set<String> fields() {
        if (!(jsonSchema.get("properties") instanceof Map<?, ?> properties) || properties.isEmpty()) {
            return null;
        }
        Set<String> names = new HashSet<>();
        properties.keySet().forEach(name -> names.add(String.valueOf(name)));
        return names;
    }

    /** A stream that is not there. */
    ProblemException missing() {
        return Problem.of("E_STREAM_NOT_FOUND", ProblemKind.CONFIG, "there is no stream " + id)
                .fix("discover the streams again")
                .exception();
    }
}
