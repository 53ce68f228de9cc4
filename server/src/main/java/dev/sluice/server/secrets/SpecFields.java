package dev.sluice.server.secrets;

import dev.sluice.server.json.JsonText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The fields of which the spec of a connector, or another JSON Schema, says {@code airbyte_secret}. */
final class SpecFields implements SecretFields {
    private static final List<String> ALTERNATIVES = List.of("oneOf", "anyOf", "allOf");
    private static final List<String> CONDITIONS = List.of("if", "then", "else", "not");

    private final Map<?, ?> root;
    private final List<Map<?, ?>> schemas;

    private SpecFields(Map<?, ?> root, List<Map<?, ?>> schemas) {
        this.root = root;
        this.schemas = schemas;
    }

    static SecretFields of(String spec) {
        Map<?, ?> root = JsonText.object(spec);
        return new SpecFields(root, List.of()).of(List.of(root));
    }

    @Override
    public boolean isSecret() {
        return schemas.stream().anyMatch(schema -> Boolean.TRUE.equals(schema.get("airbyte_secret")));
    }

    @Override
    public SecretFields member(String name) {
        List<Object> declared = new ArrayList<>();
        for (Map<?, ?> schema : schemas) {
            boolean isNamed = false;
            if (schema.get("properties") instanceof Map<?, ?> properties && properties.get(name) != null) {
                declared.add(properties.get(name));
                isNamed = true;
            }
            if (schema.get("patternProperties") instanceof Map<?, ?> patterns) {
                for (Map.Entry<?, ?> entry : patterns.entrySet()) {
                    if (matches(String.valueOf(entry.getKey()), name)) {
                        declared.add(entry.getValue());
                        isNamed = true;
                    }
                }
            }
            if (!isNamed && schema.get("additionalProperties") instanceof Map<?, ?> others) {
                declared.add(others);
            }
        }
        return of(declared);
    }

    @Override
    public SecretFields elements() {
        List<Object> declared = new ArrayList<>();
        for (Map<?, ?> schema : schemas) {
            if (schema.get("items") instanceof List<?> each) {
                declared.addAll(each);
            } else if (schema.get("items") != null) {
                declared.add(schema.get("items"));
            }
        }
        return of(declared);
    }

    private SecretFields of(List<?> declared) {
        List<Map<?, ?>> all = new ArrayList<>();
        Set<String> followed = new HashSet<>();
        declared.forEach(each -> collect(each, all, followed));
        return new SpecFields(root, all);
    }

    private void collect(Object declared, List<Map<?, ?>> all, Set<String> followed) {
        if (!(declared instanceof Map<?, ?> schema)) {
            return;
        }
        all.add(schema);
        for (String word : ALTERNATIVES) {
            if (schema.get(word) instanceof List<?> each) {
                each.forEach(alternative -> collect(alternative, all, followed));
            }
        }
        for (String word : CONDITIONS) {
            if (schema.get(word) instanceof Map<?, ?> condition) {
                collect(condition, all, followed);
            }
        }
        if (schema.get("$ref") instanceof String reference && followed.add(reference)) {
            collect(find(reference), all, followed);
        }
    }

    /** What a reference within the spec means; an empty schema if it is none of these. */
    private Object find(String reference) {
        Object found = root;
        if (!reference.startsWith("#")) {
            return Map.of();
        }
        for (String part : reference.substring(1).split("/", -1)) {
            if (!part.isEmpty()) {
                String name = part.replace("~1", "/").replace("~0", "~");
                Object next = found instanceof Map<?, ?> map ? map.get(name) : null;
                found = next == null ? Map.of() : next;
            }
        }
        return found;
    }

    private static boolean matches(String pattern, String name) {
        try {
            return Pattern.compile(pattern).matcher(name).find();
        } catch (PatternSyntaxException malformed) {
            return true;
        }
    }
}
