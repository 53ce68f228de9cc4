package dev.sluice.lowcode.manifest;

import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives components the types that are left out, and hands the parameters of each component down to those inside it, where
 * they also become fields that are missing or empty.
 */
final class Parameters {
    static final String KEY = "$parameters";

    private Parameters() {}

    static Map<Object, Object> propagate(Map<Object, Object> manifest) {
        return component(manifest, "", Map.of());
    }

    /** A component with everything in it; {@code place} is the type and the field that it stands in. */
    static Map<Object, Object> component(Map<Object, Object> given, String place, Map<Object, Object> inherited) {
        Map<Object, Object> node = new LinkedHashMap<>(given);
        if (!node.containsKey("type")) {
            String type = DefaultTypes.of(place, node.containsKey("class_name"));
            if (type != null) {
                node.put("type", type);
            }
        }
        Map<Object, Object> current = current(node, inherited);
        Object type = node.get("type");
        if (type == null) {
            return untyped(node, place, inherited);
        }
        if (isSchema(type)) {
            return node;
        }
        current.forEach((name, parameter) -> {
            Object own = node.get(name);
            if (own == null || !Values.truthy(own)) {
                node.put(name, Values.copy(parameter));
            }
        });
        node.replaceAll((field, value) -> inside(value, Values.str(type) + "." + Values.str(field), field, current));
        if (!current.isEmpty()) {
            node.put(KEY, current);
        }
        return node;
    }

    /** The parameters inside a component: those from outside, and over them its own. */
    private static Map<Object, Object> current(Map<Object, Object> node, Map<Object, Object> inherited) {
        Object own = node.remove(KEY);
        Map<Object, Object> current = new LinkedHashMap<>(inherited);
        boolean inheritedWins = "DynamicDeclarativeStream".equals(node.get("type"))
                && !Boolean.FALSE.equals(node.get("use_parent_parameters"));
        Values.mapOrEmpty(own == null ? None.NONE : own).forEach((name, value) -> {
            if (!inheritedWins || !current.containsKey(name)) {
                current.put(name, value);
            }
        });
        return current;
    }

    private static boolean isSchema(Object type) {
        return type.equals("object")
                || type.equals(List.of("null", "object"))
                || type.equals(List.of("object", "null"));
    }

    private static Map<Object, Object> untyped(Map<Object, Object> node, String place, Map<Object, Object> inherited) {
        node.replaceAll((field, value) -> value instanceof Map<?, ?> map && map.containsKey("type")
                ? component(Values.asMap(map), place, inherited)
                : value);
        return node;
    }

    private static Object inside(Object value, String place, Object field, Map<Object, Object> parameters) {
        Map<Object, Object> passed = parameters;
        if (parameters.containsKey(field)) {
            passed = new LinkedHashMap<>(parameters);
            passed.remove(field);
        }
        if (value instanceof Map<?, ?> map) {
            return component(Values.asMap(map), place, passed);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object each : list) {
                copy.add(each instanceof Map<?, ?> map ? component(Values.asMap(map), place, passed) : each);
            }
            return copy;
        }
        return value;
    }
}
