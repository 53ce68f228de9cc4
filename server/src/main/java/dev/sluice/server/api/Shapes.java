package dev.sluice.server.api;

import dev.sluice.server.definitions.ConnectorSpec;
import dev.sluice.server.definitions.FieldProblem;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The shapes of what is taken and given, as JSON Schemas by name; the document shows the same that requests are held against. */
public final class Shapes {
    private final Map<String, @Nullable Object> schemas;
    private final Map<String, ConnectorSpec> compiled = new ConcurrentHashMap<>();

    private Shapes(Map<String, @Nullable Object> schemas) {
        this.schemas = schemas;
    }

    /** The shapes of a text: an object with a schema for each name. */
    public static Shapes of(String text) {
        return new Shapes(JsonText.object(text));
    }

    Map<String, @Nullable Object> all() {
        return schemas;
    }

    /** What is wrong with an object. */
    List<FieldProblem> problems(String shape, Map<String, @Nullable Object> object) {
        return compiled.computeIfAbsent(shape, this::compile).problems(object, text -> false);
    }

    private ConnectorSpec compile(String shape) {
        if (!schemas.containsKey(shape)) {
            throw new IllegalArgumentException("no shape is called " + shape);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("allOf", List.of(Map.of("$ref", "#/components/schemas/" + shape)));
        schema.put("components", Map.of("schemas", schemas));
        return ConnectorSpec.of(new Json(JsonText.write(schema)));
    }
}
