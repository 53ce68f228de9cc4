package dev.sluice.server.api.own;

import dev.sluice.engine.map.Mapped;
import dev.sluice.engine.plan.ObjectCheck;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.ObjectRefusals;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.api.open.StreamChoices;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.DestinationObjects;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.destination.ObjectField;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.type.Field;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Objects of destinations, and mappings to them before they are saved. They are for those who may edit, as samples are. */
final class ObjectRoutes {
    private static final String GROUP = "Data activation";
    private static final int MOST_ROWS = 20;

    private final Features features;
    private final Places places;
    private final DestinationObjects objects;

    ObjectRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
        this.objects = features.work.previews().objects();
    }

    List<Route> routes() {
        return List.of(
                ofDestination(Route.get("/destinations/{destinationId}/objects", "listObjects", GROUP))
                        .parameter("object", "string")
                        .gives("DestinationObjects")
                        .by(this::objects),
                ofDestination(Route.post("/destinations/{destinationId}/mappings/suggest", "suggestMapping", GROUP))
                        .takes("MappingTrial")
                        .gives("MappingSuggestions")
                        .by(this::suggest),
                ofDestination(Route.post("/destinations/{destinationId}/mappings/check", "checkMapping", GROUP))
                        .takes("MappingTrial")
                        .gives("MappingErrors")
                        .by(this::check),
                ofDestination(Route.post("/destinations/{destinationId}/mappings/preview", "previewMapping", GROUP))
                        .takes("MappingTrial")
                        .gives("MappingPreview")
                        .by(this::preview));
    }

    private Route ofDestination(Route route) {
        return route.needs(Access.EDIT, places.actorInPath(ConnectorKind.DESTINATION));
    }

    private Answer objects(Call call) {
        String object = Asked.orNull(call.parameter("object"));
        List<ObjectOperation> operations = objects.of(call.id("destinationId"), object);
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        for (ObjectOperation each : operations) {
            methods.computeIfAbsent(each.object(), _ -> new LinkedHashSet<>()).add(ObjectCheck.method(each.method()));
        }
        return new Shown()
                .with(
                        "objects",
                        methods.entrySet().stream()
                                .map(each -> Map.of("name", each.getKey(), "methods", each.getValue()))
                                .toList())
                .with(
                        "operations",
                        object == null
                                ? List.of()
                                : operations.stream().map(ObjectRoutes::shown).toList())
                .answer();
    }

    private static Map<String, Object> shown(ObjectOperation operation) {
        return new Shown()
                .with("object", operation.object())
                .with("method", ObjectCheck.method(operation.method()))
                .with(
                        "fields",
                        operation.fields().stream().map(ObjectRoutes::shown).toList())
                .with("additionalFields", operation.additionalFields())
                .with("matchingKeys", operation.matchingKeys())
                .object();
    }

    private static Map<String, Object> shown(ObjectField field) {
        return new Shown()
                .with("name", field.name())
                .with("label", field.label())
                .with("type", field.field().type().notation())
                .with("required", field.required())
                .with("allowed", field.allowed())
                .object();
    }

    /** A stream of a source of the same workspace, as it is asked for. */
    private record Trial(UUID sourceId, UUID destinationId, Catalog catalog, ConnectionStream stream) {}

    private Trial trial(Call call) {
        UUID sourceId = source(call);
        Catalog catalog = features.catalogs.current(sourceId, false).catalog();
        ConnectionStream stream =
                StreamChoices.of(catalog, JsonText.members(call.body().get("stream")));
        return new Trial(sourceId, call.id("destinationId"), catalog, stream);
    }

    private UUID source(Call call) {
        UUID sourceId = call.requiredId("sourceId");
        Actor source = features.store.read(transaction -> places.actor(transaction, ConnectorKind.SOURCE, sourceId));
        if (!source.workspaceId().equals(call.workspaceOf().id())) {
            throw Refusal.notFound("source", sourceId);
        }
        return sourceId;
    }

    /** Only the stream, the object and the method count: nothing may be mapped yet. */
    private Answer suggest(Call call) {
        UUID sourceId = source(call);
        Map<String, @Nullable Object> stream = JsonText.members(call.body().get("stream"));
        Object object = stream.remove("destinationObjectName");
        stream.keySet().retainAll(Set.of("name", "namespace"));
        Catalog catalog = features.catalogs.current(sourceId, false).catalog();
        ConnectionStream known = StreamChoices.of(catalog, stream);
        return new Shown()
                .with(
                        "suggestions",
                        objects
                                .suggest(
                                        call.id("destinationId"),
                                        catalog.find(known.stream()).orElseThrow(),
                                        String.valueOf(object),
                                        call.required("method"))
                                .stream()
                                .map(each ->
                                        Map.of("to", each.to(), "field", each.field(), "likeness", each.likeness()))
                                .toList())
                .answer();
    }

    private Answer check(Call call) {
        Trial trial = trial(call);
        return new Shown()
                .with(
                        "errors",
                        objects.check(trial.destinationId(), trial.catalog(), List.of(trial.stream())).stream()
                                .flatMap(refused ->
                                        ObjectRefusals.errors("", trial.stream(), refused.mistakes()).stream())
                                .toList())
                .answer();
    }

    private Answer preview(Call call) {
        Trial trial = trial(call);
        int rows = call.body().get("rows") instanceof Number number ? number.intValue() : MOST_ROWS;
        DestinationObjects.Tried tried =
                objects.preview(trial.sourceId(), trial.destinationId(), trial.stream(), Math.min(rows, MOST_ROWS));
        if (!tried.mistakes().isEmpty()) {
            throw ObjectRefusals.refusal(ObjectRefusals.errors("stream.", trial.stream(), tried.mistakes()));
        }
        return new Shown()
                .with("source", shown(tried.source()))
                .with("sent", shown(tried.sent()))
                .with("rows", tried.rows().stream().map(ObjectRoutes::shown).toList())
                .with("problems", tried.problems())
                .answer();
    }

    private static List<List<String>> shown(List<Field> fields) {
        return fields.stream()
                .map(field -> List.of(field.name(), field.type().notation()))
                .toList();
    }

    private static Map<String, Object> shown(DestinationObjects.Row row) {
        Mapped.Rejection rejection = row.rejection();
        return new Shown()
                .with("source", row.source())
                .with("sent", row.sent())
                .with(
                        "rejection",
                        rejection == null
                                ? null
                                : new Shown()
                                        .with("code", rejection.code())
                                        .with("reason", rejection.reason())
                                        .with("field", rejection.field().isEmpty() ? null : rejection.field())
                                        .object())
                .object();
    }
}
