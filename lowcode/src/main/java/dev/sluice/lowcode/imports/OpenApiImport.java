package dev.sluice.lowcode.imports;

import static dev.sluice.lowcode.imports.Draft.map;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A manifest out of a document of OpenAPI 3 or Swagger 2: the operations that are picked become streams. */
public final class OpenApiImport {
    private static final int MOST_OPERATIONS = 3_000;
    private static final int MOST_STREAMS = 200;
    private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]+)}");

    private final OpenApiDocument document;
    private final List<Reading> readings;
    private final Draft draft = new Draft();
    private final String base;
    private final @Nullable Map<String, Object> authenticator;

    private OpenApiImport(OpenApiDocument document) {
        this.document = document;
        this.readings = Reading.all(document, MOST_OPERATIONS);
        this.base = document.base(draft);
        this.authenticator = new Schemes(document, draft).authenticator();
    }

    /**
     * The operations of a document that read something, those that answer with lists as suggestions.
     *
     * @param text the document, as JSON or YAML
     * @throws ProblemException of kind {@code CONFIG} if it is none
     */
    public static List<Operation> operations(String text) {
        return Reading.all(document(text), MOST_OPERATIONS).stream()
                .map(Reading::told)
                .toList();
    }

    /**
     * Makes a manifest.
     *
     * @param text the document, as JSON or YAML
     * @param picked the ids of the operations that become streams; empty for all that are suggested, up to a number
     * @throws ProblemException of kind {@code CONFIG} if it is no document, or has no such operation
     */
    public static Imported of(String text, List<String> picked) {
        return new OpenApiImport(document(text)).imported(picked);
    }

    private static OpenApiDocument document(String text) {
        try {
            return OpenApiDocument.read(text);
        } catch (IllegalArgumentException otherwise) {
            throw unusable("this is no document of OpenAPI 3 or Swagger 2", String.valueOf(otherwise.getMessage()));
        }
    }

    private static ProblemException unusable(String message, String why) {
        return Problem.of("E_IMPORT_OPENAPI", ProblemKind.CONFIG, message)
                .because(why)
                .fix("give the document itself, not the page that shows it; most services have it as openapi.json"
                        + " or openapi.yaml")
                .exception();
    }

    private Imported imported(List<String> picked) {
        List<Reading> chosen = new ArrayList<>();
        for (String id : picked) {
            chosen.add(readings.stream()
                    .filter(each -> each.told().id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> unusable("the document has no operation " + id, "see those that it has")));
        }
        if (picked.isEmpty()) {
            readings.stream()
                    .filter(each -> each.told().suggested())
                    .limit(MOST_STREAMS)
                    .forEach(chosen::add);
        }
        if (chosen.isEmpty()) {
            throw unusable("no operation of the document answers with a list", "pick those that shall be streams");
        }
        chosen.forEach(this::add);
        return draft.imported();
    }

    private void add(Reading reading) {
        String name = reading.told().streamName();
        if (draft.hasStream(name)) {
            return;
        }
        // Known before it is finished, so that a path that leads back to itself ends.
        draft.stream(name, new LinkedHashMap<>());
        List<Map<String, Object>> parents = new ArrayList<>();
        String path = path(reading, parents);
        Map<String, Object> requester = map("type", "HttpRequester", "url_base", base, "path", path);
        requester.put("http_method", "GET");
        if (authenticator != null) {
            requester.put("authenticator", authenticator);
        }
        Pagination pages = pagination(reading);
        addParameters(requester, reading, pages);
        Map<String, Object> retriever =
                Draft.retriever(requester, reading.recordPath(), pages == null ? null : pages.paginator());
        if (!parents.isEmpty()) {
            retriever.put("partition_router", parents.size() == 1 ? parents.getFirst() : parents);
        }
        if (reading.told().suggested() && pages == null) {
            draft.note("The document does not show how " + name + " has pages: if it has, set the pagination.");
        } else if (pages != null) {
            draft.note("Pages of " + name + " are guessed to go by " + pages.words() + ".");
        }
        List<String> key = key(reading);
        if (key.isEmpty()) {
            draft.note("The stream " + name + " has no field that looks like a key.");
        }
        draft.stream(name, Draft.stream(name, key, retriever, document.asRecord(reading.record())));
    }

    /** The path as a template. */
    private String path(Reading reading, List<Map<String, Object>> parents) {
        String path = reading.told().path();
        List<String> values = values(reading, parents);
        Matcher matcher = PARAMETER.matcher(path);
        StringBuilder template = new StringBuilder();
        int from = 0;
        for (int i = 0; matcher.find(); i++) {
            template.append(Draft.literal(path.substring(from, matcher.start())))
                    .append(values.get(i));
            from = matcher.end();
        }
        return template.append(Draft.literal(path.substring(from))).toString();
    }

    /**
     * What stands for the parameters of a path. The last one behind a list of the document comes from that list, and those before it from
     * where that list has them; others are asked of the user.
     */
    private List<String> values(Reading reading, List<Map<String, Object>> parents) {
        String path = reading.told().path();
        List<String> values = new ArrayList<>();
        int last = path.lastIndexOf('{');
        Reading parent = last < 0 ? null : parent(path.substring(0, last), reading);
        List<String> names =
                PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
        String field = parent == null ? null : keyFor(parent, names.getLast());
        if (parent != null && field != null) {
            add(parent);
            values(parent, new ArrayList<>())
                    .forEach(value -> values.add(value.replace("stream_partition", "stream_partition.parent_slice")));
            String partition = Draft.name(names.getLast(), "parent");
            parents.add(router(parent, field, partition));
            values.add("{{ stream_partition." + partition + " }}");
        } else {
            names.forEach(name -> values.add(draft.input(Draft.name(name, "parameter"), name, false, null)));
        }
        return values;
    }

    /** The operation that answers with the list that a path goes into. */
    private @Nullable Reading parent(String before, Reading reading) {
        String list = before.replaceAll("/+$", "");
        return readings.stream()
                .filter(each -> each.told().suggested())
                .filter(each -> !each.told().id().equals(reading.told().id()))
                .filter(each -> each.told().path().replaceAll("/+$", "").equals(list))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, Object> router(Reading parent, String field, String partition) {
        return map(
                "type",
                "SubstreamPartitionRouter",
                "parent_stream_configs",
                List.of(map(
                        "type",
                        "ParentStreamConfig",
                        "parent_key",
                        field,
                        "partition_field",
                        partition,
                        "stream",
                        map("$ref", "#/definitions/streams/" + parent.told().streamName()))));
    }

    /** The field of a parent's records that a parameter of the path wants: of its name, or the key. */
    private @Nullable String keyFor(Reading parent, String parameter) {
        String wanted = Pagination.plain(parameter);
        List<String> fields = fields(parent);
        return fields.stream()
                .filter(field -> Pagination.plain(field).equals(wanted))
                .findFirst()
                .orElseGet(() -> key(parent).stream().findFirst().orElse(null));
    }

    private static List<String> fields(Reading reading) {
        return Yaml.map(reading.record().get("properties")).keySet().stream()
                .map(String::valueOf)
                .toList();
    }

    private static List<String> key(Reading reading) {
        List<String> fields = fields(reading);
        String singular = reading.told().streamName().replaceAll("ies$", "y").replaceAll("s$", "");
        return List.of("id", "uuid", "guid", singular + "id", "key", "code", "sku").stream()
                .flatMap(wanted ->
                        fields.stream().filter(field -> Pagination.plain(field).equals(Pagination.plain(wanted))))
                .findFirst()
                .map(List::of)
                .orElse(List.of());
    }

    private @Nullable Pagination pagination(Reading reading) {
        List<String> names = new ArrayList<>();
        Integer size = null;
        for (Map<?, ?> parameter : reading.parameters()) {
            String name = Yaml.text(parameter.get("name"));
            if (name != null && "query".equals(parameter.get("in"))) {
                names.add(name);
                Object most = schema(parameter).get("maximum");
                if (Pagination.isSize(name) && most instanceof Number number && number.longValue() > 0) {
                    size = (int) Math.min(1000, number.longValue());
                }
            }
        }
        Map<String, String> members = new LinkedHashMap<>();
        members("response", reading.answer(), 0, members);
        return reading.told().suggested()
                ? Pagination.guess(names, members, size).orElse(null)
                : null;
    }

    private Map<?, ?> schema(Map<?, ?> parameter) {
        return document.isSwagger() ? parameter : document.schema(parameter.get("schema"));
    }

    /** The members of an answer beside the records, by plain name, as expressions. */
    private void members(String expression, Map<?, ?> schema, int depth, Map<String, String> members) {
        Yaml.map(schema.get("properties")).forEach((name, property) -> {
            String key = String.valueOf(name);
            Map<?, ?> inner = document.schema(property);
            boolean plain = key.matches("[A-Za-z_@$.-]+");
            if (plain && OpenApiDocument.isObject(inner) && depth < 2) {
                members(expression + ".get('" + key + "', {})", inner, depth + 1, members);
            } else if (plain && !OpenApiDocument.isList(inner)) {
                members.putIfAbsent(Pagination.plain(key), expression + ".get('" + key + "')");
            }
        });
    }

    /** What must be sent: what the document has a value for, else what the user gives. */
    private void addParameters(Map<String, Object> requester, Reading reading, @Nullable Pagination pages) {
        Map<String, Object> query = new LinkedHashMap<>();
        Map<String, Object> headers = new LinkedHashMap<>();
        for (Map<?, ?> parameter : reading.parameters()) {
            String name = Yaml.text(parameter.get("name"));
            boolean paged = pages != null && name != null && pages.parameters().contains(name);
            if (name == null || paged || !Boolean.TRUE.equals(parameter.get("required"))) {
                continue;
            }
            if ("query".equals(parameter.get("in"))) {
                query.put(name, value(parameter, name));
            } else if ("header".equals(parameter.get("in")) && !name.equalsIgnoreCase("authorization")) {
                headers.put(name, value(parameter, name));
            }
        }
        if (!query.isEmpty()) {
            requester.put("request_parameters", query);
        }
        if (!headers.isEmpty()) {
            requester.put("request_headers", headers);
        }
    }

    private String value(Map<?, ?> parameter, String name) {
        Map<?, ?> schema = schema(parameter);
        Object usual = Objects.requireNonNullElse(schema.get("default"), "");
        if (usual.toString().isEmpty() && schema.get("enum") instanceof List<?> values && values.size() == 1) {
            usual = String.valueOf(values.getFirst());
        }
        return usual.toString().isEmpty()
                ? draft.input(Draft.name(name, "parameter"), name, Secrets.isSecret(name), null)
                : Draft.literal(usual.toString());
    }
}
