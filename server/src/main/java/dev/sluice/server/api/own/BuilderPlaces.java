package dev.sluice.server.api.own;

import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Builder;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.builder.BuilderProject;
import dev.sluice.server.builder.BuilderTest;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.UUID;

/** Finds projects and tests that calls name. */
final class BuilderPlaces {
    private final Builder builder;
    private final Places places;

    BuilderPlaces(Builder builder, Places places) {
        this.builder = builder;
        this.places = places;
    }

    Route.Place project() {
        return (transaction, call) ->
                places.workspace(transaction, project(transaction, call).workspaceId());
    }

    Route.Place test() {
        return (transaction, call) -> places.workspace(
                transaction,
                project(transaction, test(transaction, call).projectId()).workspaceId());
    }

    BuilderProject project(Transaction transaction, Call call) throws SQLException {
        return project(transaction, call.id("projectId"));
    }

    private BuilderProject project(Transaction transaction, UUID id) throws SQLException {
        return builder.projects().find(transaction, id).orElseThrow(() -> Refusal.notFound("builderProject", id));
    }

    BuilderTest test(Transaction transaction, Call call) throws SQLException {
        UUID id = call.id("testId");
        return builder.tests().find(transaction, id).orElseThrow(() -> Refusal.notFound("builderTest", id));
    }
}
