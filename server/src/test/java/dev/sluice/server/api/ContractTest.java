package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Our document against the description that a client of the public API was generated from. It is not in this repository; where
 * it is not beside it, there is nothing to compare with.
 */
class ContractTest {
    private static final Path DESCRIPTION = Path.of("../../shared/contracts/airbyte-api.openapi.yaml");
    private static final int DEEPEST = 6;

    /** What is another on purpose, with why. */
    private static final Map<String, String> DIFFERENCES = differences();

    private static Map<String, String> differences() {
        Map<String, String> differences = new TreeMap<>();
        for (String where : List.of(
                "GET /connections answer.data[].",
                "GET /connections/{connectionId} answer.",
                "PATCH /connections/{connectionId} answer.",
                "POST /connections answer.")) {
            differences.put(
                    where + "status: may be [locked]", "newer clients know it; no connection of this server is locked");
            differences.put(
                    where
                            + "configurations.streams[].syncMode: may be [full_refresh_delete, full_refresh_mirror,"
                            + " full_refresh_overwrite_deduped, full_refresh_soft_delete, full_refresh_update,"
                            + " full_refresh_upsert, incremental_delete, incremental_soft_delete, incremental_update]",
                    "newer clients know the deduplicating one, and those of rows that become objects are for"
                            + " connections that map them; an older client meets one only if somebody has chosen it");
        }
        differences.put(
                "GET /streams answer[].syncModes[]: may be [full_refresh_overwrite_deduped]",
                "newer clients choose it");
        return differences;
    }

    private final Set<String> found = new TreeSet<>();
    private Map<String, @Nullable Object> theirs = Map.of();
    private Map<String, @Nullable Object> ours = Map.of();

    @Test
    void whatClientsWereGeneratedFromIsWhatThisServerSays() throws IOException {
        assumeTrue(Files.exists(DESCRIPTION), "the description of the public API is not beside this checkout");
        try (InputStream text = Files.newInputStream(DESCRIPTION);
                ApiHouse house = new ApiHouse(LoginRules.NONE)) {
            theirs = JsonText.members(new Load(LoadSettings.builder().build()).loadFromInputStream(text));
            ours = JsonText.object(house.api.document());
        }
        Map<String, @Nullable Object> paths = member(theirs, "paths");
        int operations = 0;
        for (String path : paths.keySet()) {
            Map<String, @Nullable Object> item = member(paths, path);
            for (String method : item.keySet()) {
                if (Set.of("get", "post", "put", "patch", "delete").contains(method)) {
                    operations++;
                    compare(method, path, member(item, method));
                }
            }
        }
        assertThat(operations).isGreaterThanOrEqualTo(37);
        assertThat(found).isEqualTo(DIFFERENCES.keySet());
    }

    private void compare(String method, String path, Map<String, @Nullable Object> their) {
        String name = method.toUpperCase(Locale.ROOT) + " " + path;
        Map<String, @Nullable Object> our = member(member(member(ours, "paths"), "/v1" + path), method);
        if (our.isEmpty()) {
            found.add(name + ": missing");
            return;
        }
        Map<String, Map<String, @Nullable Object>> known = parameters(our);
        for (Map.Entry<String, Map<String, @Nullable Object>> parameter :
                parameters(their).entrySet()) {
            Map<String, @Nullable Object> same = known.get(parameter.getKey());
            if (same == null) {
                found.add(name + ": no parameter " + parameter.getKey());
            } else {
                accepts(name + " " + parameter.getKey(), parameter.getValue(), same, 0);
            }
        }
        Map<String, @Nullable Object> body = content(member(their, "requestBody"));
        if (!body.isEmpty()) {
            accepts(name + " request", body, content(member(our, "requestBody")), 0);
        }
        member(their, "responses").forEach((status, answer) -> {
            if (status.startsWith("2")) {
                Map<String, @Nullable Object> same = member(member(our, "responses"), status);
                if (same.isEmpty()) {
                    found.add(name + ": does not answer " + status);
                } else if (!content(members(answer)).isEmpty()) {
                    gives(name + " answer", content(members(answer)), content(same), 0);
                }
            }
        });
    }

    private static Map<String, Map<String, @Nullable Object>> parameters(Map<String, @Nullable Object> operation) {
        Map<String, Map<String, @Nullable Object>> parameters = new TreeMap<>();
        if (operation.get("parameters") instanceof List<?> list) {
            for (Object each : list) {
                Map<String, @Nullable Object> parameter = members(each);
                if ("query".equals(parameter.get("in"))) {
                    parameters.put(String.valueOf(parameter.get("name")), member(parameter, "schema"));
                }
            }
        }
        return parameters;
    }

    private static Map<String, @Nullable Object> content(Map<String, @Nullable Object> holder) {
        return member(member(member(holder, "content"), "application/json"), "schema");
    }

    /** Whatever clients may send by their description may be sent here. */
    private void accepts(
            String where,
            Map<String, @Nullable Object> theirSchema,
            Map<String, @Nullable Object> ourSchema,
            int depth) {
        Map<String, @Nullable Object> their = resolved(theirs, theirSchema);
        Map<String, @Nullable Object> our = resolved(ours, ourSchema);
        if (isAnything(their) || depth > DEEPEST) {
            return;
        }
        Set<String> types = types(our);
        if (!types.isEmpty() && !types.containsAll(types(their))) {
            found.add(where + ": takes " + types + " and not " + types(their));
            return;
        }
        Set<String> words = words(our);
        if (!words.isEmpty() && !words.containsAll(words(their))) {
            found.add(where + ": takes " + words + " and not " + words(their));
        }
        Set<String> demanded = texts(our.get("required"));
        demanded.removeAll(texts(their.get("required")));
        demanded.forEach(name -> found.add(where + "." + name + ": is demanded"));
        Map<String, @Nullable Object> known = member(our, "properties");
        member(their, "properties").forEach((name, schema) -> {
            if (!known.containsKey(name)) {
                found.add(where + "." + name + ": is not taken");
            } else {
                accepts(where + "." + name, members(schema), member(known, name), depth + 1);
            }
        });
        if (their.get("items") instanceof Map<?, ?> items && our.containsKey("items")) {
            accepts(where + "[]", JsonText.members(items), member(our, "items"), depth + 1);
        }
    }

    /** Whatever is answered here can be read by their description. */
    private void gives(
            String where,
            Map<String, @Nullable Object> theirSchema,
            Map<String, @Nullable Object> ourSchema,
            int depth) {
        Map<String, @Nullable Object> their = resolved(theirs, theirSchema);
        Map<String, @Nullable Object> our = resolved(ours, ourSchema);
        if (isAnything(their) || depth > DEEPEST) {
            return;
        }
        if (!types(their).isEmpty() && !types(their).containsAll(types(our))) {
            found.add(where + ": is " + types(our) + " and not " + types(their));
            return;
        }
        Set<String> unknown = words(our);
        unknown.removeAll(words(their));
        if (!words(their).isEmpty() && !unknown.isEmpty()) {
            found.add(where + ": may be " + unknown);
        }
        Set<String> lacking = texts(their.get("required"));
        lacking.removeAll(texts(our.get("required")));
        lacking.forEach(name -> found.add(where + "." + name + ": may be missing"));
        Map<String, @Nullable Object> known = member(our, "properties");
        member(their, "properties").forEach((name, schema) -> {
            if (!known.containsKey(name)) {
                found.add(where + "." + name + ": is not there");
            } else {
                gives(where + "." + name, members(schema), member(known, name), depth + 1);
            }
        });
        if (their.get("items") instanceof Map<?, ?> items) {
            gives(where + "[]", JsonText.members(items), member(our, "items"), depth + 1);
        }
    }

    /** Free objects, and configurations of a hundred connectors. */
    private static boolean isAnything(Map<String, @Nullable Object> schema) {
        return schema.isEmpty() || schema.containsKey("oneOf") || schema.containsKey("anyOf");
    }

    private static Map<String, @Nullable Object> resolved(
            Map<String, @Nullable Object> document, Map<String, @Nullable Object> schema) {
        Map<String, @Nullable Object> current = schema;
        while (current.get("$ref") instanceof String reference) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            current = member(member(member(document, "components"), "schemas"), name);
        }
        return current;
    }

    private static Set<String> types(Map<String, @Nullable Object> schema) {
        Set<String> types = new TreeSet<>();
        switch (schema.get("type")) {
            case String one -> types.add(one);
            case List<?> several -> several.forEach(type -> types.add(String.valueOf(type)));
            case null, default -> {
                if (schema.containsKey("enum") || schema.containsKey("const")) {
                    types.add("string");
                } else if (schema.containsKey("properties")) {
                    types.add("object");
                }
            }
        }
        return types;
    }

    private static Set<String> words(Map<String, @Nullable Object> schema) {
        return texts(schema.get("enum"));
    }

    private static Set<String> texts(@Nullable Object list) {
        List<String> texts = new ArrayList<>();
        if (list instanceof List<?> values) {
            values.forEach(value -> texts.add(String.valueOf(value)));
        }
        return new TreeSet<>(texts);
    }

    private static Map<String, @Nullable Object> member(Map<String, @Nullable Object> object, String name) {
        return members(object.get(name));
    }

    private static Map<String, @Nullable Object> members(@Nullable Object value) {
        return value == null ? Map.of() : JsonText.members(value);
    }
}
