package dev.sluice.server.api;

import dev.sluice.server.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The document of all routes (OpenAPI 3.1), made of what they say of themselves. */
final class OpenApi {
    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

    private OpenApi() {}

    static String document(List<Router.Entry> entries, Shapes shapes) {
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        for (Router.Entry entry : entries) {
            Route route = entry.route();
            paths.computeIfAbsent(entry.prefix() + route.path(), _ -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(entry));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Sluice", "version", "1"));
        document.put("paths", paths);
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", shapes.all());
        components.put(
                "securitySchemes",
                Map.of(
                        "bearer", Map.of("type", "http", "scheme", "bearer"),
                        "basic", Map.of("type", "http", "scheme", "basic")));
        document.put("components", components);
        return JsonText.write(document);
    }

    private static Map<String, Object> operation(Router.Entry entry) {
        Route route = entry.route();
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", (entry.prefix().replaceAll("[^a-z0-9]+", "_") + "_" + route.name()));
        operation.put("tags", List.of(route.group()));
        List<Object> parameters = new ArrayList<>();
        Matcher names = NAME.matcher(route.path());
        while (names.find()) {
            parameters.add(parameter(names.group(1), "path", type(names.group(1)), true));
        }
        route.parameters()
                .forEach(each -> parameters.add(parameter(each.name(), "query", each.type(), each.isRequired())));
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        String takes = route.takes();
        if (takes != null) {
            operation.put("requestBody", Map.of("required", true, "content", content(takes)));
        }
        Map<String, Object> responses = new LinkedHashMap<>();
        String gives = route.gives();
        if (gives == null) {
            responses.put("204", Map.of("description", "done"));
        } else if (gives.equals(Route.REDIRECT)) {
            responses.put("302", Map.of("description", "goes on at another address"));
        } else if (Route.TEXTS.containsKey(gives)) {
            responses.put(
                    "200",
                    Map.of(
                            "description",
                            "a text",
                            "content",
                            Map.of(Route.TEXTS.get(gives), Map.of("schema", Map.of("type", "string")))));
        } else {
            responses.put("200", Map.of("description", "the answer", "content", content(gives)));
        }
        responses.put("default", Map.of("description", "why not", "content", content("Problem")));
        operation.put("responses", responses);
        operation.put(
                "security",
                route.need() instanceof Route.Need.Nothing
                        ? List.of()
                        : List.of(Map.of("bearer", List.of()), Map.of("basic", List.of())));
        return operation;
    }

    private static String type(String name) {
        return switch (name) {
            case "jobId" -> "integer";
            case "actorType", "name" -> "string";
            default -> "uuid";
        };
    }

    private static Map<String, Object> content(String shape) {
        return Map.of("application/json", Map.of("schema", Map.of("$ref", "#/components/schemas/" + shape)));
    }

    private static Map<String, @Nullable Object> parameter(String name, String in, String type, boolean isRequired) {
        Map<String, @Nullable Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("required", isRequired);
        parameter.put(
                "schema",
                switch (type) {
                    case "uuid" -> Map.of("type", "string", "format", "uuid");
                    case "strings" -> Map.of("type", "array", "items", Map.of("type", "string"));
                    case "uuids" -> Map.of("type", "array", "items", Map.of("type", "string", "format", "uuid"));
                    default -> Map.of("type", type);
                });
        return parameter;
    }
}
