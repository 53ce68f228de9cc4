package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Undefined;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fills in trees of templates. */
final class Trees {
    /** Its members are put in beside the others. */
    static final String WITH = "$with";

    /** A list; for each of its elements, {@code each}, stands what {@link #GIVE} says. */
    static final String EACH = "$each";

    /** What stands for an element. */
    static final String GIVE = "$give";

    /** The name of the member that it becomes; without names there is a list. */
    static final String NAME = "$name";

    /** Which elements count. */
    static final String WHEN = "$when";

    /** The names of members that are left out. */
    static final String WITHOUT = "$without";

    private Trees() {}

    /**
     * The tree with its templates filled in: a template that is one expression becomes its value as it is, so that a text of digits
     * stays a text and a null a null; members that are not there are left out.
     */
    static Object filled(Object tree, Templates templates, Scope scope) {
        return switch (tree) {
            case String template -> templates.asItIs(template, scope);
            case Map<?, ?> map when map.containsKey(EACH) -> forEach(Values.mapOrEmpty(map), templates, scope);
            case Map<?, ?> map -> {
                Map<Object, Object> result = new LinkedHashMap<>();
                map.forEach((name, each) -> {
                    if (name.equals(WITHOUT)) {
                        return;
                    }
                    Object value = filled(each, templates, scope);
                    if (name.equals(WITH)) {
                        result.putAll(Values.mapOrEmpty(value));
                    } else if (!(value instanceof Undefined)) {
                        result.put(name instanceof String text ? text(text, templates, scope) : name, value);
                    }
                });
                if (map.get(WITHOUT) instanceof List<?> names) {
                    names.forEach(result::remove);
                }
                yield result;
            }
            case List<?> list -> {
                List<Object> result = new ArrayList<>();
                for (Object each : list) {
                    Object value = filled(each, templates, scope);
                    if (!(value instanceof Undefined)) {
                        result.add(value);
                    }
                }
                yield result;
            }
            default -> tree;
        };
    }

    private static Object forEach(Map<Object, Object> map, Templates templates, Scope scope) {
        Object elements = filled(Values.member(map, EACH), templates, scope);
        Map<Object, Object> named = new LinkedHashMap<>();
        List<Object> listed = new ArrayList<>();
        for (Object each : Values.items(elements instanceof List<?> ? elements : List.of())) {
            Scope own = scope.with("each", each == null ? None.NONE : each);
            if (map.get(WHEN) instanceof String when && !templates.holds(when, own)) {
                continue;
            }
            Object value = filled(Values.member(map, GIVE), templates, own);
            // In a list each place means something, so it is kept.
            listed.add(value instanceof Undefined ? None.NONE : value);
            if (map.get(NAME) instanceof String name && !(value instanceof Undefined)) {
                named.put(text(name, templates, own), value);
            }
        }
        return map.containsKey(NAME) ? named : listed;
    }

    /** A template as the text that it writes. */
    static String text(String template, Templates templates, Scope scope) {
        return Values.str(templates.asItIs(template, scope));
    }
}
