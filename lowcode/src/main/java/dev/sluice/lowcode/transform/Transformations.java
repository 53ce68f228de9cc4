package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The transformations of a stream, in their order; they change the record. */
public final class Transformations {
    private record Placed(Step step, String where) {}

    private final List<Placed> steps = new ArrayList<>();
    private final Surroundings surroundings;

    /** The transformations that a component lists in a field. */
    public Transformations(List<Component> steps, Surroundings surroundings) {
        this(steps, surroundings, Asking.NONE);
    }

    /** The same for records about which the service can be asked more. */
    public Transformations(List<Component> steps, Surroundings surroundings, Asking asking) {
        this.surroundings = surroundings;
        steps.forEach(step -> add(step, asking));
    }

    private void add(Component step, Asking asking) {
        if (step.type().equals("TransformationSteps")) {
            step.all("transformations").forEach(each -> add(each, asking));
        } else {
            steps.add(new Placed(made(step, asking), step.where()));
        }
    }

    /** Does them all to a record. */
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        for (Placed each : steps) {
            try {
                each.step().apply(record, slice);
            } catch (Fault | DateTimeException fault) {
                throw Problem.of("E_TRANSFORMATION", ProblemKind.DATA, "a record cannot be transformed")
                        .at(each.where())
                        .because(fault instanceof Fault known ? known.words() : fault.getMessage())
                        .exception(fault);
            }
        }
    }

    private Step made(Component step, Asking asking) {
        return switch (step.type()) {
            case "AddFields" -> (record, slice) -> add(step, record, slice);
            case "RemoveFields" -> (record, slice) -> remove(step, record);
            case "FlattenFields" -> (record, slice) -> Flattening.all(record, step.truth("flatten_lists", true));
            case "DpathFlattenFields" -> (record, slice) -> flattenAt(step, record);
            case "KeysToLower" -> (record, slice) -> Keys.rename(record, key -> key.toLowerCase(Locale.ROOT), false);
            case "KeysToSnakeCase" -> (record, slice) -> Keys.rename(record, Keys::snake, true);
            case "KeysReplace" ->
                (record, slice) -> {
                    Scope scope = scope(step, record, slice);
                    String old = surroundings.templates().text(step.text("old"), scope);
                    String other = surroundings.templates().text(step.text("new"), scope);
                    UnaryOperator<String> renaming = key -> key.replace(old, other);
                    Keys.rename(record, renaming, true);
                };
            default -> Step.of(step, asking);
        };
    }

    private Scope scope(Component step, Map<Object, Object> record, StreamSlice slice) {
        return surroundings.scope(step.parameters()).with("record", record).with("stream_slice", slice);
    }

    private void add(Component step, Map<Object, Object> record, StreamSlice slice) {
        Scope scope = scope(step, record, slice);
        Templates templates = surroundings.templates();
        for (Component field : step.all("fields")) {
            List<String> path = new ArrayList<>();
            field.texts("path").forEach(part -> path.add(templates.text(part, scope)));
            Object value = templates.typed(field.text("value"), types(field), scope);
            Optional<String> condition = step.optionalText("condition").filter(text -> !text.isEmpty());
            Scope known = scope.with("value", value).with("path", new ArrayList<Object>(path));
            if (condition.isEmpty() || templates.holds(condition.get(), known)) {
                Dpath.put(record, path, value);
            }
        }
    }

    /** The types that a field may have; none if it takes what comes. */
    static Set<Templates.Type> types(Component field) {
        return switch (field.text("value_type", "")) {
            case "string" -> Set.of(Templates.Type.TEXT);
            case "integer" -> Set.of(Templates.Type.INTEGER);
            case "number" -> Set.of(Templates.Type.NUMBER);
            case "boolean" -> Set.of(Templates.Type.BOOLEAN);
            default -> Set.of();
        };
    }

    private void remove(Component step, Map<Object, Object> record) {
        Optional<String> condition = step.optionalText("condition").filter(text -> !text.isEmpty());
        if (condition.isPresent()) {
            removeWhere(condition.get(), record);
            return;
        }
        for (Object pointer : step.list("field_pointers")) {
            List<String> path = pointer instanceof List<?> parts
                    ? parts.stream()
                            .map(part -> Values.str(Values.requireDefined(part)))
                            .toList()
                    : List.of(Values.str(pointer));
            removeAll(record, path);
        }
    }

    private static void removeAll(Map<Object, Object> record, List<String> path) {
        record Place(Object parent, String key) {}
        List<Place> places = new ArrayList<>();
        Dpath.walk(record, path, (parent, key) -> places.add(new Place(parent, key)));
        places.reversed().forEach(place -> removeAt(place.parent(), place.key()));
    }

    private static void removeAt(Object parent, String key) {
        if (parent instanceof Map<?, ?> map) {
            map.remove(key);
        } else if (parent instanceof List<?> list) {
            int place = Integer.parseInt(key);
            if (place == list.size() - 1) {
                list.remove(place);
            } else {
                Values.asList(list).set(place, None.NONE);
            }
        }
    }

    /** With a condition each value that meets it goes, wherever it is. */
    private void removeWhere(String condition, Map<Object, Object> map) {
        map.values().removeIf(value -> meets(condition, value));
    }

    /** True if a single value meets a condition; what lies in maps and lists is looked at there. */
    private boolean meets(String condition, Object value) {
        switch (value) {
            case Map<?, ?> inner -> removeWhere(condition, Values.asMap(inner));
            case List<?> list -> removeWhere(condition, Values.asList(list));
            default -> {
                return surroundings
                        .templates()
                        .holds(condition, surroundings.scope().with("property", value));
            }
        }
        return false;
    }

    private void removeWhere(String condition, List<Object> list) {
        int size = list.size();
        for (int i = 0; i < size; i++) {
            if (meets(condition, list.get(i))) {
                removeAt(list, Integer.toString(i));
            }
        }
    }

    private void flattenAt(Component step, Map<Object, Object> record) {
        List<String> path = new ArrayList<>();
        step.texts("field_path")
                .forEach(part -> path.add(surroundings.templates().text(part, surroundings.scope(step.parameters()))));
        // Of several matches of a pattern the first one counts.
        Object found = Dpath.hasPattern(path)
                ? Dpath.all(record, path).stream().findFirst().orElse(None.NONE)
                : Dpath.get(record, path, None.NONE);
        if (!(found instanceof Map<?, ?> map)) {
            return;
        }
        Map<Object, Object> fields = Keys.decorated(Values.asMap(map), step.optional("key_transformation"));
        boolean replaces = step.truth("replace_record", false);
        boolean conflicts = !replaces && fields.keySet().stream().anyMatch(record::containsKey);
        if (conflicts) {
            return;
        }
        if (replaces) {
            record.clear();
        } else if (step.truth("delete_origin_value", false)) {
            removeAll(record, path);
        }
        record.putAll(fields);
    }
}
