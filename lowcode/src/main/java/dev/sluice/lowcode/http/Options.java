package dev.sluice.lowcode.http;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a requester, an authenticator, a paginator, a partition and a cursor want to have in a request. */
public final class Options {
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<Object, Object> data = new LinkedHashMap<>();
    private final Map<Object, Object> json = new LinkedHashMap<>();

    /** The parameters of the query. */
    public Map<String, Object> parameters() {
        return parameters;
    }

    /** The headers. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The fields of a form. */
    public Map<Object, Object> data() {
        return data;
    }

    /** The members of a JSON body. */
    public Map<Object, Object> json() {
        return json;
    }

    /** Puts a value where a request option of the manifest says. */
    public void inject(Component option, Object value, Templates templates, Scope scope) {
        if (value instanceof None) {
            return;
        }
        Optional<String> name = option.optionalText("field_name").map(template -> templates.text(template, scope));
        switch (option.text("inject_into")) {
            case "request_parameter" -> put(parameters, name.orElseThrow(() -> option.missing("field_name")), value);
            case "header" -> put(headers, name.orElseThrow(() -> option.missing("field_name")), Values.str(value));
            case "body_data" -> put(data, name.orElseThrow(() -> option.missing("field_name")), value);
            case "body_json" -> {
                List<String> path = new ArrayList<>();
                for (String part : option.texts("field_path")) {
                    path.add(templates.text(part, scope));
                }
                name.ifPresent(path::add);
                if (path.isEmpty()) {
                    throw option.missing("field_path");
                }
                nested(path, value);
            }
            default -> throw option.wrong("inject_into", "has to be request_parameter, header, body_data or body_json");
        }
    }

    private void nested(List<String> path, Object value) {
        Map<Object, Object> map = json;
        for (String part : path.subList(0, path.size() - 1)) {
            Object next = map.computeIfAbsent(part, missing -> new LinkedHashMap<>());
            map = next instanceof Map<?, ?> inner ? Values.asMap(inner) : new LinkedHashMap<>();
        }
        map.put(path.getLast(), value);
    }

    private static <K, V> void put(Map<K, V> map, K key, V value) {
        if (map.putIfAbsent(key, value) != null) {
            throw duplicate(String.valueOf(key));
        }
    }

    /** Takes in what another has; the same name twice is an error. */
    public void addAll(Options other) {
        other.parameters.forEach((key, value) -> put(parameters, key, value));
        other.headers.forEach((key, value) -> put(headers, key, value));
        other.data.forEach((key, value) -> put(data, key, value));
        merge(json, other.json);
    }

    /** Members of JSON bodies are merged; equal values do no harm. */
    static void merge(Map<Object, Object> into, Map<?, ?> other) {
        other.forEach((key, value) -> {
            Object before = into.get(key);
            if (before == null) {
                into.put(key, Values.copy(value));
            } else if (before instanceof Map<?, ?> inner && value instanceof Map<?, ?> more) {
                merge(Values.asMap(inner), more);
            } else if (!Values.equal(before, value)) {
                throw duplicate(Values.str(key));
            }
        });
    }

    private static ProblemException duplicate(String name) {
        return Problem.of(
                        "E_MANIFEST", ProblemKind.CONFIG, "two parts of the manifest give a request the field " + name)
                .fix("let only one of them name it")
                .exception();
    }
}
