package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.RunWishes;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.tags.Tag;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Many connections at once: each by itself, so that one that cannot does not keep the others from it. */
final class EachRoutes {
    private static final String GROUP = "Connection details";

    private final Features features;
    private final Places places;
    private final RunWishes wishes;

    EachRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
        this.wishes = new RunWishes(features, places);
    }

    /** What is done to each. */
    private interface Deed {
        /** Does it; the job that comes of it, or null. */
        @Nullable
        Long to(UUID connectionId);
    }

    /** What can be changed of many. */
    enum Change {
        /** Switches them off. */
        PAUSE,
        /** Switches them on. */
        RESUME,
        /** Gives them a tag. */
        TAG,
        /** Takes a tag from them. */
        UNTAG,
        /** Deletes them. */
        DELETE
    }

    List<Route> routes() {
        return List.of(
                Route.post("/workspaces/{workspaceId}/connections/sync_each", "syncConnections", GROUP)
                        .needs(Access.RUN, places.workspaceInPath())
                        .takes("EachSync")
                        .gives("EachDone")
                        .by(call -> each(
                                call,
                                id -> wishes.begin(id, JobKind.SYNC, call.caller())
                                        .id())),
                Route.post("/workspaces/{workspaceId}/connections/change_each", "changeConnections", GROUP)
                        .needs(Access.EDIT, places.workspaceInPath())
                        .takes("EachChange")
                        .gives("EachDone")
                        .by(this::change));
    }

    private Answer change(Call call) {
        Change change = Asked.word(call.required("change"), "change", Change.class);
        Tag tag = tag(call, change);
        return each(call, id -> {
            features.store.change(transaction -> change(transaction, places.connection(transaction, id), change, tag));
            return null;
        });
    }

    private @Nullable Tag tag(Call call, Change change) {
        return switch (change) {
            case TAG, UNTAG -> {
                UUID id = call.requiredId("tagId");
                Tag tag = features.store.read(transaction -> places.tag(transaction, id));
                if (!tag.workspaceId().equals(call.workspaceOf().id())) {
                    throw Refusal.notFound("tag", id);
                }
                yield tag;
            }
            case PAUSE, RESUME, DELETE -> null;
        };
    }

    private void change(Transaction transaction, Connection connection, Change change, @Nullable Tag tag)
            throws SQLException {
        if (connection.standing().status() == Standing.Status.LOCKED) {
            throw Refusal.of(409, "state-conflict", "the connection may not be changed");
        }
        switch (change) {
            case PAUSE ->
                features.connections.replace(
                        transaction,
                        connection.standing(new Standing(
                                Standing.Status.INACTIVE,
                                null,
                                connection.standing().breakingChange())));
            case RESUME -> features.connections.replace(transaction, connection.standing(Standing.ACTIVE));
            case DELETE -> features.connections.delete(transaction, connection);
            case TAG, UNTAG -> {
                Set<UUID> tags = new LinkedHashSet<>();
                features.connections.tags(transaction, connection.id()).forEach(known -> tags.add(known.id()));
                if (tag != null && (change == Change.TAG ? tags.add(tag.id()) : tags.remove(tag.id()))) {
                    features.connections.saveTags(transaction, connection, tags);
                }
            }
        }
    }

    private Answer each(Call call, Deed deed) {
        UUID workspaceId = call.workspaceOf().id();
        List<Map<String, Object>> results = new ArrayList<>();
        for (UUID id : ids(call)) {
            Shown result = new Shown().with("connectionId", id);
            try {
                features.store.read(transaction -> here(transaction, workspaceId, id));
                result.with("jobId", deed.to(id)).with("done", true);
            } catch (RuntimeException refused) {
                result.with("done", false).with("message", Refusal.words(refused));
            }
            results.add(result.object());
        }
        return Shown.list(results);
    }

    /** Who may do something here may not do it elsewhere by naming an id of there. */
    private Connection here(Transaction transaction, UUID workspaceId, UUID id) throws SQLException {
        Connection connection = places.connection(transaction, id);
        if (!connection.workspaceId().equals(workspaceId)) {
            throw Refusal.notFound("connection", id);
        }
        return connection;
    }

    private static Set<UUID> ids(Call call) {
        Set<UUID> ids = new LinkedHashSet<>();
        if (call.body().get("connectionIds") instanceof List<?> list) {
            list.forEach(id -> ids.add(Call.uuid("connectionIds", String.valueOf(id))));
        }
        return ids;
    }
}
