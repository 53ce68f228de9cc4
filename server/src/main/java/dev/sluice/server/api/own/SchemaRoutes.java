package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.drift.SchemaChanges;
import dev.sluice.server.drift.SchemaReview;
import dev.sluice.server.drift.StreamSchemaChange;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has changed in the source of a connection, and what somebody says to it. */
final class SchemaRoutes {
    private static final String GROUP = "Schema changes";

    private final Features features;
    private final Places places;
    private final SchemaChanges changes;
    private final SchemaReview review;

    SchemaRoutes(Features features, Places places, SchemaChanges changes) {
        this.features = features;
        this.places = places;
        this.changes = changes;
        this.review = new SchemaReview(features.connections, changes);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/connections/{connectionId}/schema/changes", "listSchemaChanges", GROUP)
                        .needs(Access.READ, places.connectionInPath())
                        .gives("SchemaChanges")
                        .by(call -> features.store.read(transaction -> answer(transaction, call, List.of()))),
                Route.post("/connections/{connectionId}/schema/check", "checkSchema", GROUP)
                        .needs(Access.RUN, places.connectionInPath())
                        .gives("SchemaChanges")
                        .by(this::check),
                Route.post("/connections/{connectionId}/schema/review", "reviewSchema", GROUP)
                        .needs(Access.EDIT, places.connectionInPath())
                        .takes("SchemaReview")
                        .gives("SchemaChanges")
                        .by(this::review));
    }

    private static Answer answer(Transaction transaction, Call call, List<StreamId> refreshes) throws SQLException {
        return new Shown()
                .with(
                        "data",
                        SchemaChanges.of(transaction, call.id("connectionId")).stream()
                                .map(SchemaRoutes::shown)
                                .toList())
                .with(
                        "refreshAdvised",
                        refreshes.isEmpty()
                                ? null
                                : refreshes.stream()
                                        .map(stream -> Words.of(stream).object())
                                        .toList())
                .answer();
    }

    private static Map<String, Object> shown(StreamSchemaChange change) {
        return Words.of(change.stream())
                .with("kind", Words.of(change.kind()))
                .with("state", Words.of(change.state()))
                .with("breaking", change.weight().breaking())
                .with("stopped", change.weight().stopped())
                .with("details", JsonText.read(change.details().text()))
                .with("jobId", change.found().jobId())
                .with("foundAt", Words.of(change.found().at()))
                .with("seen", change.seen())
                .object();
    }

    /** The source is asked outside of any transaction; it may take minutes. */
    private Answer check(Call call) {
        UUID id = call.id("connectionId");
        Connection known = features.store.read(transaction -> places.connection(transaction, id));
        CatalogVersion now = features.catalogs.current(known.ends().sourceId(), true);
        return features.store.compute(transaction -> {
            Connection connection = places.connection(transaction, id);
            UUID chosenFrom = connection.ends().sourceCatalogId();
            Catalog before = chosenFrom == null
                    ? null
                    : features.schemas
                            .find(transaction, chosenFrom)
                            .map(CatalogVersion::catalog)
                            .orElse(null);
            changes.looked(transaction, connection, null, before, now.catalog());
            return answer(transaction, call, List.of());
        });
    }

    private Answer review(Call call) {
        List<SchemaReview.Seen> accepted = seen(call.body().get("accept"));
        List<SchemaReview.Seen> ignored = seen(call.body().get("ignore"));
        return features.store.compute(transaction -> {
            Connection connection = places.connection(transaction, call.id("connectionId"));
            return answer(transaction, call, review.settle(transaction, connection, accepted, ignored));
        });
    }

    private static List<SchemaReview.Seen> seen(@Nullable Object list) {
        List<SchemaReview.Seen> seen = new ArrayList<>();
        if (list instanceof List<?> each) {
            for (Object one : each) {
                Map<String, @Nullable Object> members = JsonText.members(one);
                Object namespace = members.get("namespace");
                seen.add(new SchemaReview.Seen(
                        StreamId.of(
                                Asked.orNull(namespace == null ? null : namespace.toString()),
                                String.valueOf(members.get("name"))),
                        String.valueOf(members.get("seen"))));
            }
        }
        return seen;
    }
}
