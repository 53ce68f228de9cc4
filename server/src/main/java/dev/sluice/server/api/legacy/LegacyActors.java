package dev.sluice.server.api.legacy;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.ActorConfigurations;
import dev.sluice.server.actors.ActorFilter;
import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.ActorEdits;
import dev.sluice.server.api.open.Connectors;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sources and destinations: made, looked at, tried, asked what they offer. */
final class LegacyActors {
    private final Features features;
    private final Places places;
    private final Connectors connectors;
    private final ActorEdits edits;

    LegacyActors(Features features, Places places, Connectors connectors) {
        this.features = features;
        this.places = places;
        this.connectors = connectors;
        this.edits = new ActorEdits(features, places, connectors);
    }

    List<Route> routes(ConnectorKind kind) {
        String word = Places.word(kind);
        String title = title(kind);
        Access edit = kind == ConnectorKind.SOURCE ? Access.EDIT_SOURCES : Access.EDIT_DESTINATIONS;
        Route.Place place = places.actorInBody(kind);
        List<Route> routes = new ArrayList<>(List.of(
                Route.post("/" + word + "s/list", "list" + title + "sOfWorkspace", title + "s")
                        .needs(Access.READ, places.workspaceInBody())
                        .takes("WorkspaceIdRequestBody")
                        .gives(title + "ReadList")
                        .by(call -> list(call, kind)),
                Route.post("/" + word + "s/get", "get" + title + "Read", title + "s")
                        .needs(Access.READ, place)
                        .takes(title + "IdRequestBody")
                        .gives(title + "Read")
                        .by(call -> answer(features.store.read(
                                transaction -> places.actor(transaction, kind, call.requiredId(word + "Id"))))),
                Route.post("/" + word + "s/create", "create" + title + "Read", title + "s")
                        .needs(edit, places.workspaceInBody())
                        .takes(title + "Create")
                        .gives(title + "Read")
                        .by(call -> answer(edits.create(
                                call.workspaceOf().id(), kind, wish(call, call.idOrNull(word + "DefinitionId"))))),
                Route.post("/" + word + "s/update", "update" + title + "Read", title + "s")
                        .needs(edit, place)
                        .takes(title + "Update")
                        .gives(title + "Read")
                        .by(call -> answer(edits.change(kind, call.requiredId(word + "Id"), wish(call, null), false))),
                Route.post("/" + word + "s/delete", "delete" + title + "Read", title + "s")
                        .needs(edit, place)
                        .takes(title + "IdRequestBody")
                        .by(call -> delete(call, kind)),
                Route.post("/" + word + "s/check_connection", "check" + title, title + "s")
                        .needs(Access.RUN, place)
                        .takes(title + "IdRequestBody")
                        .gives("CheckConnectionRead")
                        .by(call -> check(call.requiredId(word + "Id")))));
        if (kind == ConnectorKind.SOURCE) {
            routes.add(Route.post("/sources/discover_schema", "discoverSchema", "Sources")
                    .needs(Access.RUN, place)
                    .takes("SourceDiscoverRequestBody")
                    .gives("SourceDiscoverSchemaRead")
                    .by(this::discover));
        }
        return routes;
    }

    private static String title(ConnectorKind kind) {
        return kind == ConnectorKind.SOURCE ? "Source" : "Destination";
    }

    private static ActorEdits.Wish wish(Call call, @Nullable UUID definitionId) {
        return new ActorEdits.Wish(
                call.text("name"), definitionId, call.body().get("connectionConfiguration"), null, null);
    }

    private Answer list(Call call, ConnectorKind kind) {
        ActorFilter filter = new ActorFilter(kind, List.of(call.workspaceOf().id()), null, false);
        return features.store.read(transaction -> {
            List<Map<String, Object>> shown = new ArrayList<>();
            for (Actor actor : features.actors.list(transaction, filter, Page.first(Page.MOST))) {
                shown.add(shown(transaction, actor));
            }
            return Answer.json(Map.of(Places.word(kind) + "s", shown));
        });
    }

    private Answer delete(Call call, ConnectorKind kind) {
        UUID id = call.requiredId(Places.word(kind) + "Id");
        features.store.change(transaction -> features.actors.delete(transaction, places.actor(transaction, kind, id)));
        return Answer.done();
    }

    private Answer check(UUID id) {
        Problem problem = features.work.asked().checks().problem(id).orElse(null);
        return new Shown()
                .with("status", problem == null ? "succeeded" : "failed")
                .with("message", problem == null ? null : words(problem))
                .answer();
    }

    private static String words(Problem problem) {
        return problem.why() == null ? problem.message() : problem.message() + ": " + problem.why();
    }

    private Answer discover(Call call) {
        boolean anew = Boolean.TRUE.equals(call.body().get("disable_cache"));
        CatalogVersion found = features.catalogs.current(call.requiredId("sourceId"), anew);
        return Answer.json(Map.of(
                "catalog",
                LegacyCatalogs.offered(found.catalog()),
                "catalogId",
                found.id().toString(),
                "jobInfo",
                Map.of("configType", "discover_schema", "succeeded", true)));
    }

    private Answer answer(Actor actor) {
        return features.store.read(transaction -> Answer.json(shown(transaction, actor)));
    }

    /** One as these calls show it, without secrets. */
    Map<String, Object> shown(Transaction transaction, Actor actor) throws SQLException {
        String word = Places.word(actor.kind());
        Connectors.Chosen chosen = connectors.chosen(transaction, actor.connector());
        return new Shown()
                .with(word + "Id", actor.id().toString())
                .with("name", actor.name())
                .with(word + "DefinitionId", actor.connector().definitionId().toString())
                .with(word + "Name", chosen.definition().name())
                .with("workspaceId", actor.workspaceId().toString())
                .with(
                        "connectionConfiguration",
                        JsonText.object(ActorConfigurations.shown(chosen.spec(), actor.configuration(), false)
                                .text()))
                .with("createdAt", Shown.seconds(actor.life().createdAt()))
                .object();
    }
}
