package dev.sluice.lowcode.manifest;

import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.NearNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks over a whole manifest for what would fail later: missing fields, unknown types, words out of place. */
final class Validation {
    private static final int MOST_MISTAKES = 20;
    private static final Set<String> ROOT = Set.of(
            "type",
            "check",
            "streams",
            "dynamic_streams",
            "version",
            "schemas",
            "definitions",
            "spec",
            "concurrency_level",
            "api_budget",
            "stream_groups",
            "max_concurrent_async_job_count",
            "metadata",
            "description",
            "$parameters");
    /** What is not made of components. */
    private static final Set<String> OTHER = Set.of(
            "schema",
            "schemas",
            "definitions",
            "metadata",
            "connection_specification",
            "config_overrides",
            "advanced_auth",
            "base_schema",
            "$parameters",
            "request_parameters",
            "request_headers",
            "request_body_json",
            "request_body_data",
            "additional_jwt_payload",
            "additional_jwt_headers",
            "refresh_request_body",
            "refresh_request_headers",
            "default_values");

    private final List<Mistake> mistakes = new ArrayList<>();

    private Validation() {}

    /** What is wrong, each with its place. */
    static List<Mistake> of(Map<Object, Object> manifest) {
        Validation validation = new Validation();
        validation.root(manifest);
        return validation.mistakes;
    }

    private void root(Map<Object, Object> manifest) {
        if (!"DeclarativeSource".equals(manifest.get("type"))) {
            mistake("/type", "has to be DeclarativeSource");
        }
        for (Object key : manifest.keySet()) {
            String name = Values.str(key);
            if (!ROOT.contains(name)) {
                mistake("/" + name, "is no field of a manifest" + near(name, ROOT));
            }
        }
        if (!manifest.containsKey("streams") && !manifest.containsKey("dynamic_streams")) {
            mistake("/", "`streams` or `dynamic_streams` is missing");
        }
        component(manifest, "");
    }

    private static String near(String name, Set<String> known) {
        return NearNames.nearest(name, known)
                .map(meant -> "; did you mean " + meant + "?")
                .orElse("");
    }

    private void mistake(String where, String what) {
        if (mistakes.size() < MOST_MISTAKES) {
            mistakes.add(new Mistake(where, what));
        }
    }

    private void component(Map<Object, Object> node, String where) {
        Object type = node.get("type");
        if (type instanceof String name && !name.isEmpty() && Character.isUpperCase(name.charAt(0))) {
            typed(node, name, where);
        }
        node.forEach((key, value) -> {
            String field = Values.str(key);
            String place = where + "/" + field;
            Set<String> words = ComponentTypes.words(field);
            if (words != null && type instanceof String && value instanceof String word) {
                word(words, word, place);
            }
            // A field that requesters do not have, and that manifests in use misspell: nobody reads it.
            boolean unread = field.equals("error_handlers") && "HttpRequester".equals(type);
            if (!OTHER.contains(field) && !unread) {
                inside(value, place);
            }
        });
    }

    private void word(Set<String> words, String word, String where) {
        if (!words.contains(word) && !word.contains("{{")) {
            mistake(
                    where,
                    "\"" + word + "\" is none of "
                            + String.join(", ", words.stream().sorted().toList()));
        }
    }

    private void typed(Map<Object, Object> node, String type, String where) {
        List<String> required = ComponentTypes.required(type);
        if (required == null) {
            if (type.startsWith("Custom")) {
                if (!node.containsKey("class_name")) {
                    mistake(where, "a " + type + " needs `class_name`");
                }
            } else {
                mistake(
                        where + "/type",
                        "the component type " + type + " is not known" + near(type, ComponentTypes.known()));
            }
            return;
        }
        for (String field : required) {
            if (!node.containsKey(field)) {
                mistake(where.isEmpty() ? "/" : where, "a " + type + " needs `" + field + "`");
            }
        }
    }

    private void inside(Object value, String where) {
        if (value instanceof Map<?, ?> map) {
            component(Values.asMap(map), where);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                inside(list.get(i), where + "/" + i);
            }
        }
    }
}
