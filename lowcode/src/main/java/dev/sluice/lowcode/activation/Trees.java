package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
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

    /** A template as the text that it writes. */
    static String text(String template, Templates templates, Scope scope) {
        return Values.str(templates.asItIs(template, scope));
    }
}
