package dev.sluice.server.api.open;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.ActorConfigurations;
import dev.sluice.server.actors.ActorFilter;
import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Access;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sources, or destinations. */
final class ActorRoutes {
    private final Features features;
    private final Places places;
    private final Connectors connectors;
    private final ActorEdits edits;
    private final ConnectorKind kind;
    private final String word;
    private final String title;
    private final Access edit;

    ActorRoutes(Features features, Places places, Connectors connectors, ActorEdits edits, ConnectorKind kind) {
        this.features = features;
        this.places = places;
        this.connectors = connectors;
        this.edits = edits;
        this.kind = kind;
        this.word = Places.word(kind);
        this.title = kind == ConnectorKind.SOURCE ? "Source" : "Destination";
        this.edit = kind == ConnectorKind.SOURCE ? Access.EDIT_SOURCES : Access.EDIT_DESTINATIONS;
    }

    List<Route> routes() {
        String one = "/" + word + "s/{" + word + "Id}";
        return List.of(
                Route.get("/" + word + "s", "list" + title + "s", title + "s")
                        .parameter("workspaceIds", "uuids")
                        .parameter("includeDeleted", "boolean")
                        .paged()
                        .gives(title + "sResponse")
                        .by(this::list),
                Route.post("/" + word + "s", "create" + title, title + "s")
                        .needs(edit, places.workspaceInBody())
                        .takes(title + "CreateRequest")
                        .gives(title + "Response")
                        .by(this::create),
                Route.get(one, "get" + title, title + "s")
                        .needs(Access.READ, places.actorInPath(kind))
                        .parameter("includeSecretCoordinates", "boolean")
                        .gives(title + "Response")
                        .by(this::get),
                Route.patch(one, "patch" + title, title + "s")
                        .needs(edit, places.actorInPath(kind))
                        .takes(title + "PatchRequest")
                        .gives(title + "Response")
                        .by(call -> change(call, true)),
                Route.put(one, "put" + title, title + "s")
                        .needs(edit, places.actorInPath(kind))
                        .takes(title + "PutRequest")
                        .gives(title + "Response")
                        .by(call -> change(call, false)),
                Route.delete(one, "delete" + title, title + "s")
                        .needs(edit, places.actorInPath(kind))
                        .by(this::delete));
    }

    private Answer list(Call call) {
        return features.store.read(transaction -> {
            List<UUID> workspaces = Places.ids(places.listed(transaction, call, false));
            ActorFilter filter = new ActorFilter(kind, workspaces, null, call.flag("includeDeleted"));
            List<Map<String, Object>> shown = new ArrayList<>();
            for (Actor actor : features.actors.list(transaction, filter, call.page())) {
                shown.add(shown(transaction, actor, false));
            }
            return Shown.page(call, shown, each -> each);
        });
    }

    private Answer get(Call call) {
        // Coordinates say where a secret lies; only who may change it has a use for that.
        boolean coordinates =
                call.flag("includeSecretCoordinates") && call.caller().may(edit, call.workspaceOf());
        return features.store.read(transaction ->
                Answer.json(shown(transaction, places.actor(transaction, kind, call.id(word + "Id")), coordinates)));
    }

    private Answer create(Call call) {
        return answer(edits.create(call.workspaceOf().id(), kind, ActorEdits.Wish.of(call)));
    }

    private Answer change(Call call, boolean isMerged) {
        UUID workspaceId = call.idOrNull("workspaceId");
        if (workspaceId != null && !workspaceId.equals(call.workspaceOf().id())) {
            throw Refusal.unprocessable("the " + word + " stays in its workspace");
        }
        return answer(edits.change(kind, call.id(word + "Id"), ActorEdits.Wish.of(call), isMerged));
    }

    private Answer answer(Actor actor) {
        return features.store.read(transaction -> Answer.json(shown(transaction, actor, false)));
    }

    private Answer delete(Call call) {
        features.store.change(transaction ->
                features.actors.delete(transaction, places.actor(transaction, kind, call.id(word + "Id"))));
        return Answer.done();
    }

    private Map<String, Object> shown(Transaction transaction, Actor actor, boolean coordinates) throws SQLException {
        Connectors.Chosen chosen = connectors.chosen(transaction, actor.connector());
        Map<String, @Nullable Object> configuration =
                JsonText.object(ActorConfigurations.shown(chosen.spec(), actor.configuration(), coordinates)
                        .text());
        if (chosen.isKnownToClients()) {
            configuration.put(word + "Type", chosen.type());
        }
        Json resources = actor.configuration().resources();
        return new Shown()
                .with(word + "Id", actor.id().toString())
                .with("name", actor.name())
                .with(word + "Type", chosen.type())
                .with("definitionId", actor.connector().definitionId().toString())
                .with("workspaceId", actor.workspaceId().toString())
                .with("configuration", configuration)
                .with("createdAt", Shown.seconds(actor.life().createdAt()))
                .with("resourceAllocation", resources == null ? null : JsonText.object(resources.text()))
                .object();
    }
}
