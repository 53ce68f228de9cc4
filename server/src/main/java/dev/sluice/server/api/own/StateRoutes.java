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
import dev.sluice.server.api.open.StateEdits;
import dev.sluice.server.auth.Access;
import dev.sluice.server.states.StreamStates;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Position;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far the streams of a connection are, and where somebody wants them to go on. */
final class StateRoutes {
    private static final String GROUP = "States";

    private final Store store;
    private final Places places;
    private final StateEdits edits;

    StateRoutes(Features features, Places places, Clock clock) {
        this.store = features.store;
        this.places = places;
        this.edits = new StateEdits(clock);
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

    private Answer edit(Transaction transaction, Call call) throws SQLException {
        UUID connectionId = call.id("connectionId");
        StateEdits.requireNoRun(transaction, connectionId, 409);
        StreamId stream = StreamId.of(Asked.orNull(call.text("namespace")), call.required("name"));
        StreamState before = new StreamStates(connectionId)
                .find(transaction, stream)
                .orElseThrow(() -> Refusal.notFound("state", stream.toString()));
        if (!seen(before).equals(call.required("seen"))) {
            throw Refusal.of(409, "state-conflict", "the state was changed meanwhile; look at it again");
        }
        return Answer.json(shown(edits.set(transaction, connectionId, before, call.text("position"))));
    }
}
