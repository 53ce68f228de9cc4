package dev.sluice.server.definitions;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a connector wants to be configured with, as a JSON Schema (draft-07), and the check of configurations against it.
 */
public final class ConnectorSpec {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Asks nobody: a schema comes from a connector, and may not make the server read files or addresses. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_7,
            builder -> builder.schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.fetchRemoteResources(false).allow(place -> false)));

    private final Map<String, @Nullable Object> schema;
    private final String text;

    private ConnectorSpec(Map<String, @Nullable Object> schema, String text) {
        this.schema = schema;
        this.text = text;
    }

    /**
     * A spec.
     *
     * @throws IllegalArgumentException if it is no JSON object
     */
    public static ConnectorSpec of(Json spec) {
        return new ConnectorSpec(JsonText.object(spec.text()), spec.text());
    }

    /** The spec as the connector wrote it. */
    public String text() {
        return text;
    }

    /**
     * What is wrong with a configuration, field by field; empty if nothing is.
     *
     * @param unseen texts whose value is not known here, such as masks of secrets; they are in order
     */
    public List<FieldProblem> problems(Map<String, @Nullable Object> configuration, Predicate<String> unseen) {
        Alternatives alternatives = new Alternatives();
        Map<String, @Nullable Object> chosen = alternatives.chosen(schema, configuration, "");
        Set<FieldProblem> problems = new LinkedHashSet<>(alternatives.problems());
        try {
            Schema compiled = REGISTRY.getSchema(MAPPER.<JsonNode>valueToTree(chosen));
            for (Error error : compiled.validate(MAPPER.<JsonNode>valueToTree(configuration))) {
                JsonNode value = error.getInstanceNode();
                boolean isUnseen = value != null && value.isString() && unseen.test(value.stringValue());
                if (!isUnseen) {
                    problems.add(problem(error));
                }
            }
        } catch (SchemaException unusable) {
            throw Problem.of("E_SPEC", ProblemKind.INTERNAL, "the spec of the connector cannot be used")
                    .because("it is no JSON Schema that stands by itself")
                    .fix("use another version of the connector")
                    .exception(unusable);
        }
        return List.copyOf(problems);
    }

    /**
     * Refuses a configuration that does not fit.
     *
     * @throws ProblemException code {@code E_CONFIGURATION}, with a line for each field
     */
    public void require(Map<String, @Nullable Object> configuration, Predicate<String> unseen) {
        List<FieldProblem> problems = problems(configuration, unseen);
        if (!problems.isEmpty()) {
            throw Problem.of("E_CONFIGURATION", ProblemKind.CONFIG, "the configuration does not fit the connector")
                    .because(problems.stream().map(FieldProblem::words).collect(Collectors.joining("\n")))
                    .fix("correct these fields")
                    .exception();
        }
    }

    private FieldProblem problem(Error error) {
        String path = path(error.getInstanceLocation());
        String property = error.getProperty();
        JsonNode wanted = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required", "dependencies", "dependentRequired" ->
                property == null
                        ? new FieldProblem(path, "another field is missing beside it")
                        : new FieldProblem(below(path, property), "is required");
            case "additionalProperties", "unevaluatedProperties" ->
                property == null
                        ? new FieldProblem(path, "has a field that the connector does not know")
                        : new FieldProblem(below(path, property), "is no option of the connector" + near(property));
            case "type" -> new FieldProblem(path, "has to be " + types(wanted));
            case "enum" -> new FieldProblem(path, "has to be one of " + values(wanted));
            case "const" -> new FieldProblem(path, "has to be " + values(wanted));
            case "pattern" -> new FieldProblem(path, "has to match " + values(wanted));
            case "minimum" -> new FieldProblem(path, "has to be at least " + values(wanted));
            case "maximum" -> new FieldProblem(path, "has to be at most " + values(wanted));
            case "minLength" -> new FieldProblem(path, "needs at least " + values(wanted) + " characters");
            case "maxLength" -> new FieldProblem(path, "has at most " + values(wanted) + " characters");
            case "minItems" -> new FieldProblem(path, "needs at least " + values(wanted) + " elements");
            case "maxItems" -> new FieldProblem(path, "has at most " + values(wanted) + " elements");
            case "oneOf", "anyOf" -> new FieldProblem(path, "fits none of the alternatives, or more than one");
            default -> new FieldProblem(path, "does not fit the rule " + error.getKeyword() + " " + values(wanted));
        };
    }

    private String near(String name) {
        List<String> names = schema.get("properties") instanceof Map<?, ?> properties
                ? properties.keySet().stream().map(String::valueOf).toList()
                : List.of();
        return NearNames.nearest(name, names)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    private static String path(NodePath location) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < location.getNameCount(); i++) {
            names.add(String.valueOf(location.getElement(i)));
        }
        return String.join(".", names);
    }

    static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** What a rule of the spec says, shortened. */
    private static String values(@Nullable JsonNode wanted) {
        if (wanted == null) {
            return "";
        }
        String words = wanted.isArray()
                ? wanted.valueStream().map(ConnectorSpec::word).collect(Collectors.joining(", "))
                : word(wanted);
        return words.length() <= 300 ? words : words.substring(0, 300) + "...";
    }

    private static String word(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static String types(@Nullable JsonNode wanted) {
        return values(wanted)
                .replace("string", "text")
                .replace("integer", "a whole number")
                .replace("boolean", "true or false")
                .replace("array", "a list")
                .replace("object", "a group of fields")
                .replaceAll("\\bnumber$", "a number")
                .replace("a whole a number", "a whole number");
    }
}
