package dev.sluice.server.api;

import dev.sluice.server.definitions.ConnectorSpec;
import dev.sluice.server.definitions.FieldProblem;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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

    /**
     * These and the shapes of another text.
     *
     * @throws IllegalArgumentException if both have one of the same name
     */
    public Shapes and(String text) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(schemas);
        JsonText.object(text).forEach((name, shape) -> {
            if (all.put(name, shape) != null) {
                throw new IllegalArgumentException("two shapes are called " + name);
            }
        });
        return new Shapes(all);
    }

    /** The shapes beside a class, in its {@code shapes.json}. */
    public static String beside(Class<?> routes) {
        try (InputStream text = Objects.requireNonNull(routes.getResourceAsStream("shapes.json"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    Map<String, @Nullable Object> all() {
        return schemas;
    }

    /** What is wrong with an object. */
    List<FieldProblem> problems(String shape, Map<String, @Nullable Object> object) {
        return compiled.computeIfAbsent(shape, this::compile).problems(object, text -> false);
    }

    /**
     * Refuses an object that has not the shape.
     *
     * @throws Refusal with a line for each field
     */
    public void require(String shape, Map<String, @Nullable Object> object) {
        List<FieldProblem> problems = problems(shape, object);
        if (!problems.isEmpty()) {
            throw Refusal.badRequest(problems.stream().map(FieldProblem::words).collect(Collectors.joining("\n")));
        }
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
