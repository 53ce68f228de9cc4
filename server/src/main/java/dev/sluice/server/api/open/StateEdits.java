package dev.sluice.server.api.open;

import dev.sluice.engine.state.StreamState;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.states.StreamStates;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.timeline.EventKind;
import dev.sluice.server.timeline.Timeline;
import dev.sluice.spi.source.Position;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sets where streams go on. */
public final class StateEdits {
    private final Timeline timeline;

    /** Those that are noted with the time of a clock. */
    public StateEdits(Clock clock) {
        this.timeline = new Timeline(clock);
    }

    /**
     * I8: a run that is under way has the states in its hands, so nobody edits them then.
     *
     * @param status what refuses: clients of different calls expect different ones
     */
    public static void requireNoRun(Transaction transaction, UUID connectionId, int status) throws SQLException {
        if (Jobs.openOf(transaction, connectionId).isPresent()) {
            throw Refusal.of(status, "state-conflict", "a run is under way; cancel it or wait for its end");
        }
    }

    /**
     * Sets where one goes on. A position keeps its identity: what it is a place in is not up to anybody.
     *
     * @param value the new position, a JSON text as the state shows it; null for the beginning
     */
    public StreamState set(Transaction transaction, UUID connectionId, StreamState before, @Nullable String value)
            throws SQLException {
        Position old = before.position();
        if (value != null && old == null) {
            throw Refusal.unprocessable(before.stream()
                    + " has no position yet, so nobody knows what a position of it is; run the connection once");
        }
        Position next =
                value == null ? null : new Position(Objects.requireNonNull(old).identity(), json(value));
        StreamState after = before.edited(next);
        new StreamStates(connectionId).save(transaction, after);
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        summary.put("stream", before.stream().toString());
        summary.put("from", old == null ? null : old.value());
        summary.put("to", value);
        timeline.add(transaction, connectionId, EventKind.STATE_EDITED, null, summary);
        return after;
    }

    private static String json(String text) {
        try {
            JsonText.read(text);
            return text;
        } catch (IllegalArgumentException notJson) {
            throw Refusal.badRequest("position has to be a JSON text, as the state shows it: " + notJson.getMessage());
        }
    }
}
