package dev.sluice.airbyte.message;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.StreamId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a source stands, as it says itself. What it means only the source knows. Immutable.
 *
 * <p>A stream keeps of it what concerns the stream, as {@link Kept}, so that each stream can go on by itself.
 */
public sealed interface State {
    /** The rows since the last state, as the source counts them; negative if it does not. */
    double rows();

    /** Of one stream; null where the stream begins anew. */
    record OfStream(StreamId stream, @Nullable Map<String, ?> state, double rows) implements State {}

    /** Of all streams, with what they share. */
    record Global(@Nullable Map<String, ?> shared, Map<StreamId, Map<String, ?>> streams, double rows)
            implements State {}

    /** Of all streams, as old sources tell it. */
    record Legacy(Map<String, ?> data, double rows) implements State {}

    /** Reads a state message; null if it is none. */
    static @Nullable State of(Map<String, ?> message) {
        double rows = message.get("sourceStats") instanceof Map<?, ?> stats
                        && stats.get("recordCount") instanceof Number count
                ? count.doubleValue()
                : -1;
        String type = message.get("type") instanceof String named ? named : "LEGACY";
        return switch (type) {
            case "STREAM" -> message.get("stream") instanceof Map<?, ?> stream ? ofStream(stream, rows) : null;
            case "GLOBAL" -> message.get("global") instanceof Map<?, ?> global ? global(global, rows) : null;
            case "LEGACY" -> legacy(object(message.get("data")), rows);
            default -> null;
        };
    }

    private static @Nullable State legacy(@Nullable Map<String, ?> data, double rows) {
        return data == null ? null : new Legacy(data, rows);
    }

    private static @Nullable State ofStream(Map<?, ?> stream, double rows) {
        StreamId id = Trace.stream(stream.get("stream_descriptor"));
        return id == null ? null : new OfStream(id, object(stream.get("stream_state")), rows);
    }

    private static State global(Map<?, ?> global, double rows) {
        Map<StreamId, Map<String, ?>> streams = new LinkedHashMap<>();
        if (global.get("stream_states") instanceof List<?> list) {
            for (Object each : list) {
                StreamId id = each instanceof Map<?, ?> map ? Trace.stream(map.get("stream_descriptor")) : null;
                Map<String, ?> state = each instanceof Map<?, ?> map ? object(map.get("stream_state")) : null;
                if (id != null && state != null) {
                    streams.put(id, state);
                }
            }
        }
        return new Global(object(global.get("shared_state")), streams, rows);
    }

    @SuppressWarnings("unchecked") // JSON has no other keys
    private static @Nullable Map<String, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, ?>) map : null;
    }

    /** What a stream keeps of a state as text. */
    final class Kept {
        private static final List<String> MEMBERS = List.of("stream_state", "shared_state", "data");

        private Kept() {}

        /** True if a text is what a stream keeps of a state. */
        public static boolean isOne(String text) {
            try {
                return Json.read(text) instanceof Map<?, ?> map
                        && MEMBERS.stream().anyMatch(map::containsKey);
            } catch (IllegalArgumentException noJson) {
                return false;
            }
        }

        /** Of a state of its own. */
        public static String own(Map<String, ?> state) {
            return Json.write(Map.of("stream_state", state));
        }

        /** Of a state that all streams share. */
        public static String global(@Nullable Map<String, ?> shared, @Nullable Map<String, ?> state) {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            kept.put("shared_state", shared);
            if (state != null) {
                kept.put("stream_state", state);
            }
            return Json.write(kept);
        }

        /** Of an old source's state. */
        public static String legacy(Map<String, ?> data) {
            return Json.write(Map.of("data", data));
        }
    }

    /** The states of several streams do not fit together. */
    final class DifferException extends Exception {
        private static final long serialVersionUID = 1;

        DifferException() {
            super("the streams do not share one state");
        }
    }

    /**
     * Puts together the file that a source is given.
     *
     * @param kept what streams kept
     * @return null if there is no state
     * @throws DifferException if streams that share a state kept different ones
     */
    static @Nullable String file(Map<StreamId, String> kept) throws DifferException {
        List<Object> own = new ArrayList<>();
        List<Object> inGlobal = new ArrayList<>();
        Set<@Nullable Object> shared = new HashSet<>();
        Set<@Nullable Object> legacy = new HashSet<>();
        for (Map.Entry<StreamId, String> each : kept.entrySet()) {
            Map<String, ?> state = Json.readObject(each.getValue());
            Object ofStream = state.get("stream_state");
            if (state.containsKey("data")) {
                legacy.add(state.get("data"));
            } else if (state.containsKey("shared_state")) {
                shared.add(state.get("shared_state"));
                if (ofStream != null) {
                    inGlobal.add(entry(each.getKey(), ofStream));
                }
            } else {
                own.add(typed("STREAM", "stream", entry(each.getKey(), ofStream)));
            }
        }
        int kinds = shared.size() + legacy.size() + (own.isEmpty() ? 0 : 1);
        if (kinds > 1) {
            throw new DifferException();
        }
        if (!legacy.isEmpty()) {
            return Json.write(legacy.iterator().next());
        }
        if (shared.isEmpty()) {
            return own.isEmpty() ? null : Json.write(own);
        }
        Map<String, @Nullable Object> global = new LinkedHashMap<>();
        global.put("shared_state", shared.iterator().next());
        global.put("stream_states", inGlobal);
        return Json.write(List.of(typed("GLOBAL", "global", global)));
    }

    private static Map<String, Object> typed(String type, String key, Object value) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("type", type);
        state.put(key, value);
        return state;
    }

    private static Map<String, @Nullable Object> entry(StreamId id, @Nullable Object state) {
        Map<String, @Nullable Object> descriptor = new LinkedHashMap<>();
        descriptor.put("name", id.name());
        if (id.namespace() != null) {
            descriptor.put("namespace", id.namespace());
        }
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("stream_descriptor", descriptor);
        entry.put("stream_state", state);
        return entry;
    }
}
