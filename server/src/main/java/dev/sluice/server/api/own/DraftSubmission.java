package dev.sluice.server.api.own;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Shapes;
import dev.sluice.server.api.open.ActorEdits;
import dev.sluice.server.api.open.ConnectionEdits;
import dev.sluice.server.api.open.Connectors;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.drafts.Draft;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes sources, destinations and connections of drafts. What is made and that it was made are written in one transaction,
 * so whoever submits a draft twice, by a second click or because an answer got lost, has one of it.
 */
final class DraftSubmission {
    private final Features features;
    private final Places places;
    private final Shapes shapes;
    private final ActorEdits actors;
    private final ConnectionEdits connections;

    DraftSubmission(Features features, Places places, Shapes shapes) {
        this.features = features;
        this.places = places;
        this.shapes = shapes;
        this.actors = new ActorEdits(features, places, new Connectors(features));
        this.connections = new ConnectionEdits(features, places);
    }

    /** What can be made of the member of a document that has the same name. */
    private enum Part {
        SOURCE(Access.EDIT_SOURCES),
        DESTINATION(Access.EDIT_DESTINATIONS),
        CONNECTION(Access.EDIT);

        private final Access access;

        Part(Access access) {
            this.access = access;
        }

        String member() {
            return Words.of(this);
        }

        String id() {
            return member() + "Id";
        }
    }

    /** Somebody else made it while this call was about to; goes back from the transaction with it. */
    private static final class MadeMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Draft draft;

        MadeMeanwhile(Draft draft) {
            super("made meanwhile", null, false, false);
            this.draft = draft;
        }
    }

    /**
     * Makes a part of a draft, unless that was done.
     *
     * @return the ids of all that was made of it
     */
    Map<String, @Nullable Object> submit(Call call, Draft draft, Workspace workspace) {
        Part part = Asked.word(Objects.requireNonNullElse(call.text("part"), draft.kind()), "part", Part.class);
        if (!call.caller().may(part.access, workspace)) {
            throw Refusal.forbidden();
        }
        Map<String, @Nullable Object> made = with(draft, Map.of());
        if (made.containsKey(part.id())) {
            return made;
        }
        Map<String, @Nullable Object> document =
                features.store.read(transaction -> features.drafts.clear(transaction, draft));
        if (!(document.get(part.member()) instanceof Map<?, ?> member)) {
            throw Refusal.unprocessable("the document of the draft has no " + part.member());
        }
        Map<String, @Nullable Object> wish = JsonText.members(member);
        wish.values().removeIf(value -> value == null);
        Call asked = call.about(workspace, part == Part.CONNECTION ? withSides(wish, draft, document) : wish);
        try {
            return switch (part) {
                case SOURCE -> actor(ConnectorKind.SOURCE, part, draft, asked);
                case DESTINATION -> actor(ConnectorKind.DESTINATION, part, draft, asked);
                case CONNECTION ->
                    connection(draft, asked, Boolean.TRUE.equals(call.body().get("startSync")));
            };
        } catch (MadeMeanwhile other) {
            return with(other.draft, Map.of());
        }
    }

    private Map<String, @Nullable Object> actor(ConnectorKind kind, Part part, Draft draft, Call call) {
        call.body().put("workspaceId", draft.workspaceId().toString());
        shapes.require(kind == ConnectorKind.SOURCE ? "SourceCreateRequest" : "DestinationCreateRequest", call.body());
        Map<String, Object> ids = new LinkedHashMap<>();
        actors.create(draft.workspaceId(), kind, ActorEdits.Wish.of(call), (transaction, made) -> {
            ids.put(part.id(), made.id().toString());
            write(transaction, draft, part, ids);
        });
        return with(draft, ids);
    }

    private Map<String, @Nullable Object> connection(Draft draft, Call call, boolean starts) {
        shapes.require("ConnectionCreateRequest", call.body());
        UUID sourceId = call.requiredId(Part.SOURCE.id());
        features.store.read(transaction -> {
            Actor source = places.actor(transaction, ConnectorKind.SOURCE, sourceId);
            if (!source.workspaceId().equals(draft.workspaceId())) {
                throw Refusal.notFound("source", sourceId);
            }
            return true;
        });
        Map<String, Object> ids = new LinkedHashMap<>();
        connections.create(call, (transaction, made) -> {
            ids.put(Part.CONNECTION.id(), made.id().toString());
            if (starts) {
                ids.put("jobId", begin(transaction, made, call));
            }
            write(transaction, draft, Part.CONNECTION, ids);
        });
        if (starts) {
            features.work.wake().run();
        }
        return with(draft, ids);
    }

    private long begin(Transaction transaction, Connection connection, Call call) throws SQLException {
        if (connection.standing().status() != Standing.Status.ACTIVE) {
            throw Refusal.unprocessable("a connection that is inactive does not start; leave out startSync");
        }
        JobWish wish = JobWish.of(
                connection.workspaceId(),
                JobKind.SYNC,
                connection.id(),
                call.caller().accountId());
        return features.work.jobs().add(transaction, wish).id();
    }

    /** The request for a connection: its sides are those that were made of the draft, or that it names. */
    private static Map<String, @Nullable Object> withSides(
            Map<String, @Nullable Object> wish, Draft draft, Map<String, @Nullable Object> document) {
        for (Part side : List.of(Part.SOURCE, Part.DESTINATION)) {
            Object id = with(draft, Map.of()).get(side.id());
            if (id == null && document.get(side.member()) instanceof Map<?, ?> chosen) {
                id = chosen.get(side.id());
            }
            if (id != null) {
                wish.put(side.id(), id);
            }
        }
        return wish;
    }

    private void write(Transaction transaction, Draft draft, Part part, Map<String, Object> ids) throws SQLException {
        Draft now = features.drafts.hold(transaction, draft).orElseThrow(() -> Refusal.notFound("draft", draft.id()));
        if (with(now, Map.of()).containsKey(part.id())) {
            throw new MadeMeanwhile(now);
        }
        features.drafts.made(transaction, now, with(now, ids), part.member().equals(draft.kind()));
    }

    private static Map<String, @Nullable Object> with(Draft draft, Map<String, Object> more) {
        Map<String, @Nullable Object> all = JsonText.object(draft.made().ids().text());
        all.putAll(more);
        return all;
    }
}
