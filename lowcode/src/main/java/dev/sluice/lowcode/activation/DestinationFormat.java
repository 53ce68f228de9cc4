package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the definition of a destination, and tells all mistakes in it at once, each with its place. */
final class DestinationFormat {
    static final List<String> METHODS = List.of("insert", "upsert", "update", "soft_delete", "delete");
    static final List<String> TYPES = List.of("text", "integer", "number", "boolean", "date", "timestamp", "json");

    private static final int MOST_MISTAKES = 20;
    private static final List<String> ROOT = List.of(
            "type",
            "version",
            "title",
            "description",
            "documentation_url",
            "definitions",
            "spec",
            "check",
            "requester",
            "objects",
            "object_lists",
            "concurrency_level",
            "api_budget",
            "metadata");
    private static final List<String> OBJECT = List.of("name", "label", "fields", "additional_fields", "operations");
    private static final List<String> OBJECT_LIST = List.of("retriever", "name", "label", "when", "object");
    private static final List<String> FIELDS = List.of(
            "declared", "retriever", "list", "name", "label", "type", "types", "required", "allowed", "when", "unique");
    private static final List<String> FIELD = List.of("name", "label", "type", "required", "allowed", "unique");
    private static final List<String> OPERATION = List.of(
            "matching_keys",
            "unique_fields",
            "required",
            "only_keys",
            "without",
            "requester",
            "batch",
            "record",
            "body",
            "body_format",
            "clears_with",
            "repeat",
            "signature",
            "results");
    private static final List<String> BATCH = List.of("max_records", "max_bytes");
    private static final List<String> RESULTS = List.of(
            "type", "path", "index", "key", "record_key", "failed", "unchanged", "again", "code", "reason", "field");
    private static final List<String> SIGNATURE =
            List.of("header", "secret", "content", "value", "encoding", "algorithm");
    /** What is not a place of templates. */
    private static final Set<String> NO_TEMPLATES = Set.of("spec", "definitions", "metadata", "description", "types");

    private final Templates templates = new Templates(Clock.systemUTC());
    private final List<String> mistakes = new ArrayList<>();

    private DestinationFormat() {}

    /**
     * Reads a definition.
     *
     * @param name what messages call it
     * @throws ProblemException of kind {@code CONFIG} with all mistakes
     */
    static Component read(String name, String text) {
        Component root = Manifest.resolved(name, text).root();
        DestinationFormat format = new DestinationFormat();
        format.root(root);
        if (!format.mistakes.isEmpty()) {
            throw Problem.of(
                            "E_DESTINATION_FORMAT",
                            ProblemKind.CONFIG,
                            "the definition of the destination cannot be used: " + format.mistakes.getFirst()
                                    + (format.mistakes.size() > 1
                                            ? " (and " + (format.mistakes.size() - 1) + " more)"
                                            : ""))
                    .at(name)
                    .because(String.join("; ", format.mistakes))
                    .exception();
        }
        return root;
    }

    private void mistake(String where, String what) {
        if (mistakes.size() < MOST_MISTAKES) {
            mistakes.add((where.isEmpty() ? "/" : where) + ": " + what);
        }
    }

    private void keys(Component part, List<String> known) {
        for (Object key : part.values().keySet()) {
            String name = Values.str(key);
            if (!known.contains(name) && !name.startsWith("$")) {
                mistake(
                        part.where(),
                        "`" + name + "` is not known"
                                + NearNames.nearest(name, known)
                                        .map(near -> ", did you mean `" + near + "`?")
                                        .orElse(", there are " + String.join(", ", known)));
            }
        }
    }

    private boolean needs(Component part, String field) {
        if (!part.has(field)) {
            mistake(part.where(), "`" + field + "` is missing");
            return false;
        }
        return true;
    }

    private void root(Component root) {
        keys(root, ROOT);
        if (!root.has("objects") && !root.has("object_lists")) {
            mistake("", "there is neither `objects` nor `object_lists`");
        }
        if (needs(root, "requester")) {
            guarded("/requester", () -> {
                Component requester = root.required("requester");
                if (!requester.has("url_base") && !requester.has("url")) {
                    mistake("/requester", "`url_base` is missing");
                }
            });
        }
        guarded("/check", () -> root.optional("check").ifPresent(check -> keys(check, List.of("requester", "name"))));
        guarded("/objects", () -> root.all("objects").forEach(this::object));
        guarded(
                "/object_lists",
                () -> root.all("object_lists").forEach(list -> {
                    keys(list, OBJECT_LIST);
                    needs(list, "retriever");
                    needs(list, "name");
                    if (needs(list, "object")) {
                        content(list.required("object"));
                    }
                }));
        root.values().forEach((name, value) -> {
            if (!NO_TEMPLATES.contains(Values.str(name))) {
                templates("/" + name, value);
            }
        });
    }

    private void guarded(String where, Runnable work) {
        try {
            work.run();
        } catch (ProblemException wrong) {
            Problem problem = wrong.problem();
            mistake(problem.where() == null ? where : problem.where(), problem.message());
        }
    }

    private void object(Component object) {
        needs(object, "name");
        content(object);
    }

    private void content(Component object) {
        keys(object, OBJECT);
        guarded(object.where(), () -> object.optional("fields").ifPresent(this::fields));
        if (!object.has("fields") && !object.truth("additional_fields", false)) {
            mistake(object.where(), "it has no `fields`, and `additional_fields` is not true");
        }
        if (!needs(object, "operations")) {
            return;
        }
        guarded(object.where(), () -> {
            Component operations = object.required("operations");
            if (operations.values().isEmpty()) {
                mistake(operations.where(), "there is no operation");
            }
            keys(operations, METHODS);
            for (Object method : operations.values().keySet()) {
                operation(operations.required(Values.str(method)), Values.str(method));
            }
        });
    }

    private void fields(Component fields) {
        keys(fields, FIELDS);
        for (Component field : fields.all("declared")) {
            keys(field, FIELD);
            needs(field, "name");
            type(field.where(), field.text("type", "text"));
        }
        if (fields.has("retriever") || fields.has("list")) {
            needs(fields, "name");
            Values.mapOrEmpty(fields.raw("types"))
                    .values()
                    .forEach(type -> type(fields.where() + "/types", Values.str(type)));
        } else if (!fields.has("declared")) {
            mistake(fields.where(), "there is none of `declared`, `retriever` and `list`");
        }
    }

    private void type(String where, String type) {
        if (!TYPES.contains(type)) {
            mistake(where, "the type " + type + " is not known, there are " + String.join(", ", TYPES));
        }
    }

    private void operation(Component operation, String method) {
        keys(operation, OPERATION);
        needs(operation, "requester");
        if (!method.equals("insert") && !operation.has("matching_keys") && !operation.truth("unique_fields", false)) {
            mistake(operation.where(), "it is not said by what objects are found: `matching_keys`");
        }
        guarded(operation.where(), () -> {
            operation.optional("batch").ifPresent(batch -> keys(batch, BATCH));
            operation.optional("signature").ifPresent(signature -> {
                keys(signature, SIGNATURE);
                needs(signature, "header");
                needs(signature, "secret");
            });
            operation.optional("results").ifPresent(this::results);
        });
    }

    private void results(Component results) {
        keys(results, RESULTS);
        switch (results.text("type", "whole")) {
            case "whole" -> {}
            case "by_index" -> needs(results, "failed");
            case "by_key" -> {
                needs(results, "failed");
                needs(results, "key");
            }
            case "errors" -> {
                if (!results.has("index") && !results.has("key")) {
                    mistake(results.where(), "errors need an `index` or a `key` that tells the record");
                }
            }
            default -> mistake(results.where(), "`type` has to be whole, by_index, by_key or errors");
        }
    }

    /** That each template can be read is known before anything is sent. */
    private void templates(String where, Object value) {
        switch (value) {
            case String text -> {
                try {
                    templates.check(text);
                } catch (ProblemException wrong) {
                    Problem problem = wrong.problem();
                    mistake(where, "a template cannot be read: " + problem.where() + ": " + problem.why());
                }
            }
            case Map<?, ?> map ->
                map.forEach((name, each) -> templates(where + "/" + name, Values.requireDefined(each)));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    templates(where + "/" + i, Values.requireDefined(list.get(i)));
                }
            }
            default -> {}
        }
    }

    /** A component with the members of another under its own; maps in both are put together. */
    static Component over(Component base, Component own) {
        return new Component(merged(base.values(), own.values()), own.where());
    }

    private static Map<Object, Object> merged(Map<Object, Object> base, Map<Object, Object> own) {
        Map<Object, Object> result = new LinkedHashMap<>(base);
        own.forEach((name, value) -> {
            boolean joins = result.get(name) instanceof Map<?, ?>
                    && value instanceof Map<?, ?>
                    && Set.of("request_headers", "request_parameters").contains(Values.str(name));
            if (value instanceof None) {
                result.remove(name);
            } else if (joins) {
                result.put(
                        name,
                        merged(Values.mapOrEmpty(result.getOrDefault(name, None.NONE)), Values.mapOrEmpty(value)));
            } else {
                result.put(name, value);
            }
        });
        return result;
    }
}
