package dev.sluice.airbyte.serve;

import dev.sluice.spi.catalog.StreamId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells where streams stand, with the rows since the last time: each by itself (STREAM), or all of them in one state (GLOBAL) where their
 * source reads them out of one log. One thread uses it.
 */
final class StateMessages {
    private final Messages messages;
    private final @Nullable String log;
    private final Map<StreamId, ReadState> all = new LinkedHashMap<>();
    private long rows;

    /**
     * Begins to tell.
     *
     * @param log what the streams share; null if nothing
     * @param given where streams stand, also those that are not read now: what a state of all leaves out is lost
     */
    StateMessages(Messages messages, @Nullable String log, Map<StreamId, ReadState> given) {
        this.messages = messages;
        this.log = log;
        all.putAll(given);
    }

    /** True if all streams share one state, so that none is complete before it was told at their end. */
    boolean isShared() {
        return log != null;
    }

    /** Hears that a stream is read from now on. */
    void begin() {
        if (log == null) {
            // What a stream that failed left uncounted is no matter of the next one.
            rows = 0;
        }
    }

    /** Hears that rows were sent. */
    void sent(long more) {
        rows += more;
    }

    /** Tells where a stream stands. */
    void tell(StreamId stream, ReadState state) {
        Map<String, Object> payload = new LinkedHashMap<>();
        if (log == null) {
            payload.put("type", "STREAM");
            payload.put("stream", entry(stream, state));
        } else {
            all.put(stream, state);
            payload.put("type", "GLOBAL");
            payload.put("global", global(log));
        }
        payload.put("sourceStats", Map.of("recordCount", (double) rows));
        messages.send("STATE", "state", payload);
        rows = 0;
    }

    private Map<String, Object> global(String name) {
        List<Object> streams = new ArrayList<>();
        all.forEach((stream, state) -> streams.add(entry(stream, state)));
        Map<String, Object> global = new LinkedHashMap<>();
        global.put("shared_state", ReadState.shared(name));
        global.put("stream_states", streams);
        return global;
    }

    private static Map<String, Object> entry(StreamId stream, ReadState state) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("stream_descriptor", Messages.descriptor(stream));
        entry.put("stream_state", state.json());
        return entry;
    }
}
