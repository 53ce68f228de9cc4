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
    static final List<String> METHODS = FormatSchema.members("operations");
    static final List<String> TYPES = FormatSchema.words("field", "type");

    private static final int MOST_MISTAKES = 20;
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

    /** Members that there are not, that are missing, or that have words which they do not take. */
    private void part(Component part, String kind) {
        List<String> known = FormatSchema.members(kind);
        part.values().forEach((key, value) -> {
            String name = Values.str(key);
            List<String> words = FormatSchema.words(kind, name);
            if (!known.contains(name) && !name.startsWith("$")) {
                mistake(
                        part.where(),
                        "`" + name + "` is not known"
                                + NearNames.nearest(name, known)
                                        .map(near -> ", did you mean `" + near + "`?")
                                        .orElse(", there are " + String.join(", ", known)));
            } else if (!words.isEmpty() && value instanceof String word && !words.contains(word)) {
                mistake(
                        part.where(),
                        "the " + name + " " + word + " is not known, there are " + String.join(", ", words));
            }
        });
        FormatSchema.required(kind).forEach(name -> needs(part, name));
    }

    private boolean needs(Component part, String field) {
        if (!part.has(field)) {
            mistake(part.where(), "`" + field + "` is missing");
            return false;
        }
        return true;
    }

    private void root(Component root) {
        part(root, FormatSchema.ROOT);
        if (!root.has("objects") && !root.has("object_lists")) {
            mistake("", "there is neither `objects` nor `object_lists`");
        }
        guarded(
                "/requester",
                () -> root.optional("requester").ifPresent(requester -> {
                    if (!requester.has("url_base") && !requester.has("url")) {
                        mistake("/requester", "`url_base` is missing");
                    }
                }));
        guarded("/check", () -> root.optional("check").ifPresent(check -> part(check, "check")));
        guarded("/objects", () -> root.all("objects").forEach(object -> content(object, "object")));
        guarded(
                "/object_lists",
                () -> root.all("object_lists").forEach(list -> {
                    part(list, "object_list");
                    list.optional("object").ifPresent(object -> content(object, "content"));
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

    private void content(Component object, String kind) {
        part(object, kind);
        guarded(object.where(), () -> object.optional("fields").ifPresent(this::fields));
        if (!object.has("fields") && !object.truth("additional_fields", false)) {
            mistake(object.where(), "it has no `fields`, and `additional_fields` is not true");
        }
        guarded(
                object.where(),
                () -> object.optional("operations").ifPresent(operations -> {
                    if (operations.values().isEmpty()) {
                        mistake(operations.where(), "there is no operation");
                    }
                    part(operations, "operations");
                    for (String method : METHODS) {
                        operations.optional(method).ifPresent(operation -> operation(operation, method));
                    }
                }));
    }

    private void fields(Component fields) {
        part(fields, "fields");
        fields.all("declared").forEach(field -> part(field, "field"));
        if (fields.has("retriever") || fields.has("list")) {
            needs(fields, "name");
            Values.mapOrEmpty(fields.raw("types")).values().stream()
                    .map(Values::str)
                    .filter(type -> !TYPES.contains(type))
                    .forEach(type -> mistake(
                            fields.where() + "/types",
                            "the type " + type + " is not known, there are " + String.join(", ", TYPES)));
        } else if (!fields.has("declared")) {
            mistake(fields.where(), "there is none of `declared`, `retriever` and `list`");
        }
    }

    private void operation(Component operation, String method) {
        part(operation, "operation");
        if (!method.equals("insert") && !operation.has("matching_keys") && !operation.truth("unique_fields", false)) {
            mistake(operation.where(), "it is not said by what objects are found: `matching_keys`");
        }
        if (operation.has("find") != operation.has("found")) {
            mistake(operation.where(), "`find` and `found` belong together");
        }
        way(operation);
        guarded(operation.where(), () -> {
            operation.optional("find").ifPresent(find -> part(find, "find"));
            operation.optional("found").ifPresent(found -> {
                part(found, "way");
                way(found);
            });
            operation.optional("large").ifPresent(large -> {
                part(large, "large");
                way(large);
            });
        });
    }

    /** What operations have, and what is put over them. */
    private void way(Component way) {
        guarded(way.where(), () -> {
            way.optional("batch").ifPresent(batch -> part(batch, "batch"));
            way.optional("signature").ifPresent(signature -> part(signature, "signature"));
            way.optional("results").ifPresent(this::results);
            way.optional("job").ifPresent(job -> {
                part(job, "job");
                job.all("steps").forEach(step -> part(step, "step"));
                job.optional("status").ifPresent(status -> part(status, "status"));
            });
        });
    }

    private void results(Component results) {
        part(results, "results");
        switch (results.text("type", "whole")) {
            case "by_index" -> needs(results, "failed");
            case "by_key" -> {
                needs(results, "failed");
                needs(results, "key");
            }
            case "errors" -> {
                boolean names = results.has("index") || results.has("key") || results.has("same_fields");
                if (!names) {
                    mistake(results.where(), "errors need an `index` or a `key` that tells the record");
                }
            }
            default -> {} // the schema says which there are
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
