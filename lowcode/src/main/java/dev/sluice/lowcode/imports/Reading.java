package dev.sluice.lowcode.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an operation that reads.
 *
 * @param told the operation as it is shown
 * @param parameters its parameters
 * @param recordPath where the records are in an answer; empty if the answer is the list, or the record
 * @param record the schema of a record
 * @param answer the schema of the answer
 */
record Reading(
        Operation told, List<Map<?, ?>> parameters, List<String> recordPath, Map<?, ?> record, Map<?, ?> answer) {
    private static final List<String> USUAL_LISTS =
            List.of("data", "items", "results", "records", "value", "values", "entries", "list");

    /** All operations of a document that read, in its order. */
    static List<Reading> all(OpenApiDocument document, int most) {
        List<Reading> all = new ArrayList<>();
        for (Map.Entry<?, ?> each : Yaml.map(document.root().get("paths")).entrySet()) {
            Map<?, ?> path = document.resolved(each.getValue());
            Map<?, ?> operation = Yaml.map(path.get("get"));
            String address = String.valueOf(each.getKey());
            if (!operation.isEmpty() && address.startsWith("/") && all.size() < most) {
                all.add(of(document, address, path, operation));
            }
        }
        return named(all);
    }

    private static Reading of(OpenApiDocument document, String address, Map<?, ?> path, Map<?, ?> operation) {
        Map<?, ?> answer = answer(document, operation);
        List<String> recordPath = new ArrayList<>();
        Map<?, ?> list = list(document, answer, address, recordPath);
        String id = Yaml.text(operation.get("operationId"));
        String summary = Yaml.text(operation.get("summary"));
        Operation told = new Operation(
                id == null ? "GET " + address : id,
                "GET",
                address,
                summary == null ? "" : summary.lines().findFirst().orElse("").strip(),
                list != null,
                Draft.name(lastWord(address), "records"));
        Map<?, ?> record = list == null ? answer : document.schema(list.get("items"));
        return new Reading(told, document.parameters(path, operation), recordPath, record, answer);
    }

    /** The schema of what a success answers in JSON. */
    private static Map<?, ?> answer(OpenApiDocument document, Map<?, ?> operation) {
        Map<?, ?> responses = Yaml.map(operation.get("responses"));
        for (String status : List.of("200", "201", "2XX", "2xx", "default")) {
            Object found = responses.get(status);
            Map<?, ?> response = document.resolved(found == null && status.equals("200") ? responses.get(200) : found);
            if (document.isSwagger() && response.containsKey("schema")) {
                return document.schema(response.get("schema"));
            }
            for (Map.Entry<?, ?> content : Yaml.map(response.get("content")).entrySet()) {
                if (String.valueOf(content.getKey()).contains("json")) {
                    return document.schema(Yaml.map(content.getValue()).get("schema"));
                }
            }
        }
        return Map.of();
    }

    /** The list of records in an answer, and the way to it; null if there is none. */
    private static @Nullable Map<?, ?> list(
            OpenApiDocument document, Map<?, ?> answer, String address, List<String> way) {
        if (OpenApiDocument.isList(answer)) {
            return answer;
        }
        Map<String, Map<?, ?>> lists = new LinkedHashMap<>();
        Map<String, Map<?, ?>> objects = new LinkedHashMap<>();
        Yaml.map(answer.get("properties")).forEach((name, property) -> {
            Map<?, ?> schema = document.schema(property);
            if (OpenApiDocument.isList(schema) && OpenApiDocument.isObject(document.schema(schema.get("items")))) {
                lists.put(String.valueOf(name), schema);
            } else if (OpenApiDocument.isObject(schema)) {
                objects.put(String.valueOf(name), schema);
            }
        });
        String best = best(lists, address);
        if (best != null) {
            way.add(best);
            return lists.get(best);
        }
        for (Map.Entry<String, Map<?, ?>> object : objects.entrySet()) {
            boolean likely = way.isEmpty()
                    && (USUAL_LISTS.contains(object.getKey()) || object.getKey().startsWith("_embedded"));
            if (likely) {
                way.add(object.getKey());
                Map<?, ?> inner = list(document, object.getValue(), address, way);
                if (inner != null) {
                    return inner;
                }
                way.removeLast();
            }
        }
        return null;
    }

    private static @Nullable String best(Map<String, Map<?, ?>> lists, String address) {
        if (lists.isEmpty()) {
            return null;
        }
        String last = Pagination.plain(lastWord(address));
        for (String usual : USUAL_LISTS) {
            if (lists.containsKey(usual)) {
                return usual;
            }
        }
        if (address.endsWith("}")) {
            // One thing, which has lists of its own.
            return null;
        }
        return lists.keySet().stream()
                .filter(name -> Pagination.plain(name).equals(last))
                .findFirst()
                .orElse(
                        lists.size() == 1 || isEnvelope(lists)
                                ? lists.keySet().iterator().next()
                                : null);
    }

    private static boolean isEnvelope(Map<String, Map<?, ?>> lists) {
        return lists.size() <= 3;
    }

    /** The last part of a path that is no parameter and no version. */
    static String lastWord(String path) {
        String last = "records";
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()
                    && !part.contains("{")
                    && !part.toLowerCase(Locale.ROOT).matches("v\\d+[\\w.]*|api")) {
                last = part.replaceAll("\\.(json|xml)$", "");
            }
        }
        return last;
    }

    /** With different names for streams: those that share one get more of their paths. */
    private static List<Reading> named(List<Reading> all) {
        Map<String, Integer> times = new LinkedHashMap<>();
        all.forEach(each -> times.merge(each.told.streamName(), 1, Integer::sum));
        Map<String, Integer> given = new LinkedHashMap<>();
        List<Reading> named = new ArrayList<>();
        all.stream()
                .sorted(Comparator.comparingInt(each -> each.told.suggested() ? 0 : 1))
                .forEach(each -> {
                    String name = each.told.streamName();
                    if (given.containsKey(name) && times.getOrDefault(name, 0) > 1) {
                        name = Draft.name(each.told.path().replaceAll("\\{[^}]*}", " "), name);
                    }
                    int count = given.merge(name, 1, Integer::sum);
                    given.putIfAbsent(each.told.streamName(), 1);
                    named.add(each.called(count == 1 ? name : name + "_" + count));
                });
        named.sort(Comparator.comparingInt(each -> index(all, each)));
        return named;
    }

    private static int index(List<Reading> all, Reading one) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).told.path().equals(one.told.path())) {
                return i;
            }
        }
        return all.size();
    }

    private Reading called(String name) {
        Operation other = new Operation(told.id(), told.method(), told.path(), told.summary(), told.suggested(), name);
        return new Reading(other, parameters, recordPath, record, answer);
    }
}
