package dev.sluice.server.api.legacy;

import dev.sluice.engine.state.StreamState;
import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.api.open.StateEdits;
import dev.sluice.server.auth.Access;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.states.StreamStates;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far streams are, as programs keep it and bring it back. What is in the state of a stream is ours: clients store it and
 * do not look inside.
 */
final class LegacyStates {
    private static final String GROUP = "States";

    /** What clients of these calls are told while a run is under way. */
    private static final int LOCKED = 423;

    private final Features features;
    private final Places places;
    private final StateEdits edits;

    LegacyStates(Features features, Places places) {
        this.features = features;
        this.places = places;
        this.edits = new StateEdits(features.clock);
    }

    List<Route> routes() {
        return List.of(
                Route.post("/state/get", "getConnectionState", GROUP)
                        .needs(Access.READ, places.connectionInBody())
                        .takes("ConnectionIdRequestBody")
                        .gives("ConnectionState")
                        .by(call -> features.store.read(
                                transaction -> shown(transaction, call.requiredId("connectionId")))),
                write("/state/create_or_update", "createOrUpdateState"),
                write("/state/create_or_update_safe", "createOrUpdateStateSafe"));
    }

    /** Both are safe: no call takes a state from a run that has it. */
    private Route write(String path, String operation) {
        return Route.post(path, operation, GROUP)
                .needs(Access.EDIT, places.connectionInBody())
                .takes("ConnectionStateCreateOrUpdate")
                .gives("ConnectionState")
                .by(call -> features.store.compute(transaction -> write(transaction, call)));
    }

    private static Answer shown(Transaction transaction, UUID connectionId) throws SQLException {
        List<Map<String, Object>> streams = new ArrayList<>();
        for (StreamState state : new StreamStates(connectionId).all(transaction)) {
            if (state.position() != null) {
                Map<String, Object> descriptor = new Shown()
                        .with("name", state.stream().name())
                        .with("namespace", state.stream().namespace())
                        .object();
                streams.add(Map.of("streamDescriptor", descriptor, "streamState", blob(state)));
            }
        }
        return Answer.json(new Shown()
                .with("connectionId", connectionId.toString())
                .with("stateType", streams.isEmpty() ? "not_set" : "stream")
                .with("streamState", streams.isEmpty() ? null : streams)
                .object());
    }

    private static Map<String, Object> blob(StreamState state) {
        var position = Objects.requireNonNull(state.position());
        return Map.of("identity", position.identity(), "position", position.value());
    }

    private Answer write(Transaction transaction, Call call) throws SQLException {
        UUID connectionId = call.requiredId("connectionId");
        StateEdits.requireNoRun(transaction, connectionId, LOCKED);
        Map<String, @Nullable Object> state = JsonText.members(call.body().get("connectionState"));
        if (!"stream".equals(state.get("stateType"))) {
            throw Refusal.unprocessable("states are kept by stream: stateType has to be \"stream\"");
        }
        if (state.get("streamState") instanceof List<?> streams) {
            for (Object stream : streams) {
                write(transaction, connectionId, JsonText.members(stream));
            }
        }
        return shown(transaction, connectionId);
    }

    /** Streams that are not named stay as they are; one that comes back as it was does, too. */
    private void write(Transaction transaction, UUID connectionId, Map<String, @Nullable Object> wish)
            throws SQLException {
        Map<String, @Nullable Object> descriptor = JsonText.members(wish.get("streamDescriptor"));
        if (!(descriptor.get("name") instanceof String name)) {
            throw Refusal.badRequest("each streamState needs a streamDescriptor with a name");
        }
        StreamId stream = StreamId.of(descriptor.get("namespace") instanceof String space ? space : null, name);
        StreamState before = new StreamStates(connectionId)
                .find(transaction, stream)
                .orElseThrow(() -> Refusal.unprocessable(
                        stream + " has no state yet; run the connection once, then a state of it can be set"));
        Object wished = wish.get("streamState");
        if (wished == null) {
            edits.set(transaction, connectionId, before, null);
            return;
        }
        Map<String, @Nullable Object> blob = JsonText.members(wished);
        if (before.position() != null && blob.equals(blob(before))) {
            return;
        }
        if (!(blob.get("position") instanceof String position)) {
            throw Refusal.unprocessable("the state of " + stream + " is not one that this server has shown");
        }
        if (before.position() != null && !before.position().identity().equals(blob.get("identity"))) {
            throw Refusal.unprocessable("the state of " + stream
                    + " belongs to another source or cursor, so it says nothing about this one");
        }
        edits.set(transaction, connectionId, before, position);
    }
}
