package dev.sluice.server.api.own;

import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.states.StreamStates;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.timeline.EventKind;
import dev.sluice.server.timeline.Timeline;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Position;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far the streams of a connection are, and where somebody wants them to go on. */
final class StateRoutes {
    private static final String GROUP = "States";

    private final Store store;
    private final Places places;
    private final Timeline timeline;

    StateRoutes(Features features, Places places, Clock clock) {
        this.store = features.store;
        this.places = places;
        this.timeline = new Timeline(clock);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/connections/{connectionId}/state", "getState", GROUP)
                        .needs(Access.READ, places.connectionInPath())
                        .gives("States")
                        .by(call -> store.read(transaction -> Shown.list(new StreamStates(call.id("connectionId"))
                                .all(transaction).stream()
                                        .map(StateRoutes::shown)
                                        .toList()))),
                Route.put("/connections/{connectionId}/state", "putState", GROUP)
                        .needs(Access.EDIT, places.connectionInPath())
                        .takes("StateEdit")
                        .gives("State")
                        .by(call -> store.compute(transaction -> edit(transaction, call))));
    }

    private static Map<String, Object> shown(StreamState state) {
        UnfinishedRead read = state.unfinished();
        return Words.of(state.stream())
                .with("generation", state.generation())
                .with("lastSyncId", state.lastSyncId())
                .with("position", shown(state.position()))
                .with("isEdited", state.isEdited())
                .with("refresh", state.refresh() == null ? null : Words.of(state.refresh()))
                .with(
                        "unfinished",
                        read == null
                                ? null
                                : new Shown()
                                        .with("syncId", read.syncId())
                                        .with("splits", read.plan().splits().size())
                                        .with("records", read.committedRows())
                                        .object())
                .with("seen", seen(state))
                .object();
    }

    private static @Nullable Map<String, Object> shown(@Nullable Position position) {
        return position == null
                ? null
                : new Shown()
                        .with("identity", position.identity())
                        .with("value", position.value())
                        .object();
    }

    /** Tells this state from others: an edit names the one that it was made from. */
    private static String seen(StreamState state) {
        return UUID.nameUUIDFromBytes(state.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * I8: a run that is under way has the state in its hands, so nobody edits it then. A position keeps its identity: what
     * it is a place in is not up to anybody.
     */
    private Answer edit(Transaction transaction, Call call) throws SQLException {
        UUID connectionId = call.id("connectionId");
        if (Jobs.openOf(transaction, connectionId).isPresent()) {
            throw Refusal.of(409, "state-conflict", "a run is under way; cancel it or wait for its end");
        }
        StreamId stream = StreamId.of(Asked.orNull(call.text("namespace")), call.required("name"));
        StreamStates states = new StreamStates(connectionId);
        StreamState before =
                states.find(transaction, stream).orElseThrow(() -> Refusal.notFound("state", stream.toString()));
        if (!seen(before).equals(call.required("seen"))) {
            throw Refusal.of(409, "state-conflict", "the state was changed meanwhile; look at it again");
        }
        String value = position(call);
        Position old = before.position();
        if (value != null && old == null) {
            throw Refusal.unprocessable("the stream has no position yet, so nobody knows what a position of it is");
        }
        Position next =
                value == null ? null : new Position(Objects.requireNonNull(old).identity(), value);
        StreamState after = before.edited(next);
        states.save(transaction, after);
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        summary.put("stream", stream.toString());
        summary.put("from", old == null ? null : old.value());
        summary.put("to", value);
        timeline.add(transaction, connectionId, EventKind.STATE_EDITED, null, summary);
        return Answer.json(shown(after));
    }

    /** The new position; null for the beginning. */
    private static @Nullable String position(Call call) {
        String text = call.text("position");
        if (text == null) {
            return null;
        }
        try {
            JsonText.read(text);
            return text;
        } catch (IllegalArgumentException notJson) {
            throw Refusal.badRequest("position has to be a JSON text, as the state shows it: " + notJson.getMessage());
        }
    }
}
