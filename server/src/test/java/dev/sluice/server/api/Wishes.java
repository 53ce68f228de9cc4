package dev.sluice.server.api;

import dev.sluice.server.json.JsonText;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Requests made of a document: most fit it, and some do not. */
final class Wishes {
    /** What fits nowhere, or is at the edge of what does. */
    private static final List<@Nullable Object> JUNK = Arrays.asList(
            null,
            "",
            " ",
            "x",
            "a\0b",
            "\ud800",
            "東京😀",
            "x".repeat(3_000),
            0,
            -1,
            1.5,
            Long.MAX_VALUE,
            new BigInteger("9".repeat(40)),
            true,
            List.of(),
            List.of("x", 1),
            Map.of(),
            Map.of("a", Map.of("b", List.of(Map.of()))));

    /** Texts that the server gives a meaning to. */
    private static final List<String> WORDS = List.of(
            "cron",
            "basic",
            "manual",
            "0 0 12 * * ? UTC",
            "0 0 0 29 2 ? 2099",
            "* * * ? * *",
            "full_refresh_overwrite",
            "incremental_append",
            "incremental_deduped_history",
            "notes",
            "orders",
            "public",
            "id",
            "changed",
            "active",
            "inactive",
            "custom_format",
            "sync",
            "reset",
            "refresh",
            "source",
            "destination",
            "createdAt|DESC",
            "workspace_editor",
            "organization_admin",
            "succeeded",
            "2026-01-31T10:15:00Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00+18:00",
            "3366FF",
            "hashing",
            "secret_coordinate::x",
            "**********");

    private final Map<String, @Nullable Object> document;
    private final Map<String, List<String>> ids;

    /**
     * Of a document.
     *
     * @param ids the ids that there are, by the names of the members that hold them
     */
    Wishes(Map<String, @Nullable Object> document, Map<String, List<String>> ids) {
        this.document = document;
        this.ids = ids;
    }

    /**
     * A request.
     *
     * @param method its method
     * @param path the path and the parameters, as they are sent
     * @param body the content; null for none
     */
    record Wish(String method, String path, @Nullable String body) {}

    /** Any request. */
    Arbitrary<Wish> any() {
        List<Arbitrary<Wish>> operations = new ArrayList<>();
        members(document.get("paths"))
                .forEach((path, item) -> members(item).forEach((method, operation) -> {
                    if (!path.endsWith("/live")) { // goes on as long as somebody reads
                        operations.add(wish(method, path, members(operation)));
                    }
                }));
        return Arbitraries.oneOf(operations);
    }

    private Arbitrary<Wish> wish(String method, String path, Map<String, @Nullable Object> operation) {
        Map<String, Arbitrary<@Nullable Object>> inPath = new LinkedHashMap<>();
        Map<String, Arbitrary<@Nullable Object>> inQuery = new LinkedHashMap<>();
        if (operation.get("parameters") instanceof List<?> parameters) {
            for (Object each : parameters) {
                Map<String, @Nullable Object> parameter = members(each);
                String name = String.valueOf(parameter.get("name"));
                ("path".equals(parameter.get("in")) ? inPath : inQuery)
                        .put(name, value(name, members(parameter.get("schema")), 3));
            }
        }
        Arbitrary<@Nullable Object> body = operation.get("requestBody") instanceof Map<?, ?> request
                ? value("body", schema(JsonText.members(request)), 4)
                : Arbitraries.just(null);
        return Combinators.combine(object(inPath, 1), object(inQuery, 0.3), body)
                .as((names, query, content) -> {
                    String filled = path;
                    for (Map.Entry<String, @Nullable Object> name : names.entrySet()) {
                        filled = filled.replace("{" + name.getKey() + "}", encoded(name.getValue()));
                    }
                    StringBuilder whole = new StringBuilder(filled);
                    query.forEach((name, value) -> whole.append(whole.indexOf("?") < 0 ? '?' : '&')
                            .append(name)
                            .append('=')
                            .append(encoded(
                                    value instanceof List<?> list && !list.isEmpty() ? list.getFirst() : value)));
                    return new Wish(
                            method.toUpperCase(Locale.ROOT),
                            whole.toString(),
                            content == null ? null : JsonText.write(content));
                });
    }

    private static String encoded(@Nullable Object value) {
        String text = String.valueOf(value);
        return URLEncoder.encode(text.isEmpty() ? "-" : text, StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static Map<String, @Nullable Object> schema(Map<String, @Nullable Object> holder) {
        return members(
                members(members(holder.get("content")).get("application/json")).get("schema"));
    }

    private Arbitrary<@Nullable Object> value(String name, Map<String, @Nullable Object> schema, int depth) {
        Arbitrary<@Nullable Object> junk = Arbitraries.of(JUNK);
        return Arbitraries.frequencyOf(Tuple.of(12, fitting(name, resolved(schema), depth)), Tuple.of(1, junk));
    }

    private Arbitrary<@Nullable Object> fitting(String name, Map<String, @Nullable Object> schema, int depth) {
        if (schema.get("enum") instanceof List<?> words) {
            return Arbitraries.of(new ArrayList<@Nullable Object>(words));
        }
        Object type = schema.get("type") instanceof List<?> several ? several.getFirst() : schema.get("type");
        return switch (String.valueOf(type)) {
            case "string" -> text(name, schema);
            case "integer" ->
                name.equals("id") || name.equals("jobId")
                        ? known(name)
                        : Arbitraries.longs().between(0, 120).map(n -> n);
            case "boolean" -> Arbitraries.of(true, false).map(flag -> flag);
            case "array" ->
                depth == 0
                        ? Arbitraries.just(List.of())
                        : value(name, members(schema.get("items")), depth - 1)
                                .list()
                                .ofMaxSize(2)
                                .map(list -> list);
            case "object" -> {
                Map<String, Arbitrary<@Nullable Object>> members = new LinkedHashMap<>();
                if (depth > 0) {
                    members(schema.get("properties"))
                            .forEach((member, its) -> members.put(member, value(member, members(its), depth - 1)));
                }
                yield members.isEmpty() ? free(name) : object(members, 0.7).map(map -> map);
            }
            default -> Arbitraries.of(JUNK);
        };
    }

    private static Arbitrary<@Nullable Object> free(String name) {
        Map<String, Object> good = Map.of("sourceType", "postgres", "destinationType", "lake", "host", "h");
        return name.endsWith("onfiguration")
                ? Arbitraries.of(good, Map.of("host", "h", "password", "p\0"), Map.of("host", 1))
                : Arbitraries.of(JUNK);
    }

    private Arbitrary<@Nullable Object> text(String name, Map<String, @Nullable Object> schema) {
        if ("uuid".equals(schema.get("format")) || ids.containsKey(name)) {
            return Arbitraries.oneOf(
                    known(name),
                    known(name),
                    Arbitraries.create(() -> UUID.randomUUID().toString()));
        }
        return Arbitraries.oneOf(
                Arbitraries.of(WORDS).map(word -> word),
                Arbitraries.strings().ofMaxLength(12).map(text -> text));
    }

    private Arbitrary<@Nullable Object> known(String name) {
        List<@Nullable Object> some = new ArrayList<>(ids.getOrDefault(name, List.of()));
        return some.isEmpty() ? Arbitraries.just(UUID.randomUUID().toString()) : Arbitraries.of(some);
    }

    /** An object in which each member is there as often as said. */
    private static Arbitrary<Map<String, @Nullable Object>> object(
            Map<String, Arbitrary<@Nullable Object>> members, double often) {
        List<String> names = List.copyOf(members.keySet());
        List<Arbitrary<@Nullable Object>> values = List.copyOf(members.values());
        return Combinators.combine(values)
                .as(all -> all)
                .flatMap(all -> Arbitraries.doubles()
                        .between(0, 1)
                        .list()
                        .ofSize(names.size())
                        .map(chances -> {
                            Map<String, @Nullable Object> object = new LinkedHashMap<>();
                            for (int i = 0; i < names.size(); i++) {
                                if (chances.get(i) <= often) {
                                    object.put(names.get(i), all.get(i));
                                }
                            }
                            return object;
                        }));
    }

    private Map<String, @Nullable Object> resolved(Map<String, @Nullable Object> schema) {
        Map<String, @Nullable Object> current = schema;
        while (current.get("$ref") instanceof String reference) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            current = members(
                    members(members(document.get("components")).get("schemas")).get(name));
        }
        return current;
    }

    private static Map<String, @Nullable Object> members(@Nullable Object value) {
        return value == null ? Map.of() : JsonText.members(value);
    }
}
