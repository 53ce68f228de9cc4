package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.auth.Requesters;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.ObjectField;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The objects of a system with their fields: as they are declared, or as the system itself tells them. */
final class ObjectList {
    private final Component root;
    private final Requesters requesters;
    private final Surroundings surroundings;

    ObjectList(Component root, Requesters requesters) {
        this.root = root;
        this.requesters = requesters;
        this.surroundings = requesters.surroundings();
    }

    /** A field and whether each object has another value of it. */
    private record Known(ObjectField field, boolean unique) {}

    /** The kinds of objects; a single one is looked for without asking for others where that is possible. */
    List<ObjectKind> kinds(@Nullable String only) {
        List<ObjectKind> kinds = new ArrayList<>();
        for (Component object : root.all("objects")) {
            String name = templates().exact(object.text("name"), surroundings.scope());
            if (only == null || only.equals(name)) {
                kinds.add(new ObjectKind(name, object.text("label", name), object, None.NONE));
            }
        }
        if (only != null && !kinds.isEmpty()) {
            return kinds;
        }
        for (Component list : root.all("object_lists")) {
            for (Map<Object, Object> item : read(list.required("retriever"), Map.of())) {
                Scope scope = surroundings.scope().with("record", item);
                if (list.has("when") && !templates().holds(list.text("when"), scope)) {
                    continue;
                }
                String name = templates().exact(list.text("name"), scope);
                String label = list.optionalText("label")
                        .map(template -> templates().exact(template, scope))
                        .filter(text -> !text.isBlank())
                        .orElse(name);
                boolean isNew = kinds.stream().noneMatch(kind -> kind.name().equals(name));
                if (isNew && (only == null || only.equals(name))) {
                    kinds.add(new ObjectKind(name, label, list.required("object"), item));
                }
            }
        }
        return kinds;
    }

    private Templates templates() {
        return surroundings.templates();
    }

    /** The component of a request with what all requests of the destination have. */
    Component requester(Component own) {
        return new Listing(root, requesters).requester(own);
    }

    private List<Map<Object, Object>> read(Component retriever, Map<Object, Object> parameters) {
        return new Listing(root, requesters).read(retriever, parameters);
    }

    private List<Known> fields(ObjectKind kind) {
        Map<String, Known> known = new LinkedHashMap<>();
        Optional<Component> fields = kind.definition().optional("fields");
        if (fields.isEmpty()) {
            return List.of();
        }
        for (Map<Object, Object> record : told(fields.get(), kind)) {
            Known field = told(fields.get(), record, kind);
            if (field != null) {
                known.put(field.field().name(), field);
            }
        }
        for (Component field : fields.get().all("declared")) {
            String name = field.text("name");
            known.put(
                    name,
                    new Known(
                            new ObjectField(
                                    new Field(name, type(field.text("type", "text"))),
                                    field.text("label", name),
                                    field.truth("required", false),
                                    field.texts("allowed")),
                            field.truth("unique", false)));
        }
        return List.copyOf(known.values());
    }

    /** What the system says of the fields: when it is asked for them, or where it tells of the object. */
    private List<Map<Object, Object>> told(Component fields, ObjectKind kind) {
        if (fields.has("list")) {
            Object list =
                    templates().asItIs(fields.text("list"), surroundings.scope().with("item", kind.item()));
            return list instanceof List<?> all
                    ? all.stream()
                            .map(each -> Values.mapOrEmpty(Values.requireDefined(each)))
                            .toList()
                    : List.of();
        }
        if (!fields.has("retriever")) {
            return List.of();
        }
        Map<Object, Object> parameters = new LinkedHashMap<>();
        parameters.put("object", kind.name());
        parameters.put("item", kind.item());
        return read(fields.required("retriever"), parameters);
    }

    /** A field as the system tells it; null if it cannot be written. */
    private @Nullable Known told(Component fields, Map<Object, Object> record, ObjectKind kind) {
        Scope scope = surroundings
                .scope()
                .with("record", record)
                .with("object", kind.name())
                .with("item", kind.item());
        if (fields.has("when") && !templates().holds(fields.text("when"), scope)) {
            return null;
        }
        String name = templates().exact(fields.text("name"), scope);
        String label = fields.optionalText("label")
                .map(template -> templates().exact(template, scope))
                .filter(text -> !text.isBlank())
                .orElse(name);
        String type = fields.optionalText("type")
                .map(template -> templates().exact(template, scope))
                .orElse("text");
        Map<Object, Object> types = Values.mapOrEmpty(fields.raw("types"));
        String ours = types.containsKey(type)
                ? Values.str(Values.requireDefined(types.getOrDefault(type, "text")))
                : DestinationFormat.TYPES.contains(type) ? type : "text";
        List<String> allowed = new ArrayList<>();
        if (fields.has("allowed")) {
            Object values = templates().asItIs(fields.text("allowed"), scope);
            if (values instanceof List<?> list) {
                list.forEach(each -> allowed.add(Values.str(Values.requireDefined(each))));
            }
        }
        return new Known(
                new ObjectField(new Field(name, type(ours)), label, holds(fields, "required", scope), allowed),
                holds(fields, "unique", scope));
    }

    private boolean holds(Component fields, String condition, Scope scope) {
        return fields.has(condition) && templates().holds(fields.text(condition), scope);
    }

    private static DataType type(String word) {
        return switch (word) {
            case "integer" -> new DataType.IntType(64);
            case "number" -> new DataType.FloatType(64);
            case "boolean" -> new DataType.BoolType();
            case "date" -> new DataType.DateType();
            case "timestamp" -> new DataType.TimestampType(6, true);
            case "json" -> new DataType.JsonType();
            case "any" -> new DataType.UnknownType("any");
            default -> new DataType.TextType();
        };
    }

    /** What can be done to objects of a kind. */
    List<ObjectOperation> operations(ObjectKind kind) {
        List<Known> fields = fields(kind);
        List<ObjectOperation> operations = new ArrayList<>();
        Component all = kind.definition().required("operations");
        for (String method : DestinationFormat.METHODS) {
            all.optional(method).ifPresent(operation -> operations.add(operation(kind, method, operation, fields)));
        }
        mirror(operations).ifPresent(operations::add);
        return operations;
    }

    /** Where objects can be found by the same key to be written and to be deleted, they can be kept equal to the rows. */
    private static Optional<ObjectOperation> mirror(List<ObjectOperation> operations) {
        ObjectOperation upsert = find(operations, DestinationSyncMode.APPEND_DEDUP);
        ObjectOperation delete = find(operations, DestinationSyncMode.DELETE);
        if (upsert == null || delete == null) {
            return Optional.empty();
        }
        List<List<String>> keys = upsert.matchingKeys().stream()
                .filter(delete.matchingKeys()::contains)
                .toList();
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(new ObjectOperation(
                        upsert.object(), DestinationSyncMode.MIRROR, upsert.fields(), upsert.additionalFields(), keys));
    }

    private static @Nullable ObjectOperation find(List<ObjectOperation> operations, DestinationSyncMode method) {
        return operations.stream()
                .filter(each -> each.method() == method)
                .findFirst()
                .orElse(null);
    }

    private ObjectOperation operation(ObjectKind kind, String method, Component operation, List<Known> fields) {
        Set<List<String>> keys = new LinkedHashSet<>();
        for (Object key : operation.list("matching_keys")) {
            keys.add(Values.items(key).stream()
                    .map(each -> templates().exact(Values.str(each), surroundings.scope()))
                    .toList());
        }
        if (operation.truth("unique_fields", false)) {
            fields.stream()
                    .filter(Known::unique)
                    .forEach(each -> keys.add(List.of(each.field().name())));
        }
        Set<String> ofKeys = new LinkedHashSet<>();
        keys.forEach(ofKeys::addAll);
        boolean onlyKeys = operation.truth("only_keys", false);
        boolean requires = method.equals("insert") || method.equals("upsert");
        Set<String> required = Set.copyOf(operation.texts("required"));
        Set<String> without = Set.copyOf(operation.texts("without"));
        List<ObjectField> written = new ArrayList<>();
        Set<String> there = new LinkedHashSet<>();
        for (Known each : fields) {
            ObjectField field = each.field();
            if ((!onlyKeys || ofKeys.contains(field.name())) && !without.contains(field.name())) {
                there.add(field.name());
                written.add(new ObjectField(
                        field.field(),
                        field.label(),
                        (requires && field.required()) || required.contains(field.name()),
                        field.allowed()));
            }
        }
        // What objects are found by need not be among what is written of them, such as their id.
        for (String key : ofKeys) {
            if (there.add(key)) {
                written.add(new ObjectField(new Field(key, new DataType.TextType()), key, false, List.of()));
            }
        }
        return new ObjectOperation(
                kind.name(),
                mode(method),
                written,
                kind.definition().truth("additional_fields", false) && !onlyKeys,
                List.copyOf(keys));
    }

    static DestinationSyncMode mode(String method) {
        return switch (method) {
            case "insert" -> DestinationSyncMode.APPEND;
            case "upsert" -> DestinationSyncMode.APPEND_DEDUP;
            case "update" -> DestinationSyncMode.UPDATE;
            case "soft_delete" -> DestinationSyncMode.SOFT_DELETE;
            default -> DestinationSyncMode.DELETE;
        };
    }

    /** How an object is written by a method; its component has its whole requester. */
    ObjectWriting writing(ObjectKind kind, DestinationSyncMode mode, List<String> keyNames, Requesters own) {
        Component all = kind.definition().required("operations");
        for (String method : DestinationFormat.METHODS) {
            if (mode(method) == mode && all.has(method)) {
                Component operation = all.required(method).with("method", method);
                List<Map<Object, Object>> told = kind.definition()
                        .optional("fields")
                        .filter(_ -> operation.truth("told", false))
                        .map(fields -> told(fields, kind))
                        .orElse(List.of());
                return ObjectWriting.of(
                        operation,
                        new ObjectWriting.Subject(kind.name(), kind.item(), told, keyNames),
                        new Listing(root, own));
            }
        }
        throw all.missing(mode.name().toLowerCase(Locale.ROOT));
    }

    /** The methods that any object has. */
    static Set<DestinationSyncMode> modes(Component root) {
        Set<DestinationSyncMode> modes = new LinkedHashSet<>();
        List<Component> all = new ArrayList<>(root.all("objects"));
        root.all("object_lists").forEach(list -> all.add(list.required("object")));
        for (Component object : all) {
            object.required("operations").values().keySet().forEach(method -> modes.add(mode(Values.str(method))));
        }
        if (modes.contains(DestinationSyncMode.APPEND_DEDUP) && modes.contains(DestinationSyncMode.DELETE)) {
            modes.add(DestinationSyncMode.MIRROR);
        }
        return modes;
    }
}
