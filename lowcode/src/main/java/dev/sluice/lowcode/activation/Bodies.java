package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes the bodies of requests out of records, in the format that a definition names. */
final class Bodies {
    /** The names of the formats. */
    static final List<String> FORMATS = List.of("json", "lines", "form", "csv", "multipart", "none");

    private final Format format;
    private final Object body;
    private final String csvNull;
    private final Templates templates;
    private final String boundary = "sluice-" + UUID.randomUUID();

    private enum Format {
        JSON,
        LINES,
        FORM,
        CSV,
        MULTIPART,
        NONE
    }

    /**
     * Bodies of requests.
     *
     * @param definition what has {@code body} and {@code body_format}
     * @param usual the body if the definition has none
     */
    Bodies(Component definition, Object usual, Templates templates) {
        this.templates = templates;
        this.body = definition.has("body") ? definition.raw("body") : usual;
        this.csvNull = definition.text("csv_null", "");
        this.format = switch (definition.text("body_format", "json")) {
            case "json" -> Format.JSON;
            case "lines" -> Format.LINES;
            case "form" -> Format.FORM;
            case "csv" -> Format.CSV;
            case "multipart" -> Format.MULTIPART;
            case "none" -> Format.NONE;
            default -> throw definition.wrong("body_format", "has to be one of " + String.join(", ", FORMATS));
        };
    }

    /** The type of the bodies. */
    String type() {
        return switch (format) {
            case JSON, NONE -> "application/json";
            case LINES -> "application/x-ndjson";
            case FORM -> "application/x-www-form-urlencoded";
            case CSV -> "text/csv; charset=UTF-8";
            case MULTIPART -> "multipart/form-data; boundary=" + boundary;
        };
    }

    /**
     * The body of a request; empty if it has none.
     *
     * @param rendered what is sent of each record
     */
    Optional<String> of(Scope scope, List<Object> rendered) {
        return switch (format) {
            case NONE -> Optional.empty();
            case JSON -> Optional.of(JsonValues.write(Trees.filled(body, templates, scope)));
            case FORM -> Optional.of(form(Values.mapOrEmpty(Trees.filled(body, templates, scope))));
            case MULTIPART -> Optional.of(parts(Values.mapOrEmpty(Trees.filled(body, templates, scope))));
            case CSV -> Optional.of(csv(rendered));
            case LINES -> {
                StringBuilder lines = new StringBuilder();
                rendered.forEach(each -> lines.append(JsonValues.write(each)).append('\n'));
                yield Optional.of(lines.toString());
            }
        };
    }

    private static String form(Map<Object, Object> fields) {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> {
            if (!(value instanceof None)) {
                boolean isText = value instanceof String || value instanceof Number || value instanceof Boolean;
                form.append(form.isEmpty() ? "" : "&")
                        .append(encoded(Values.str(name)))
                        .append('=')
                        .append(encoded(isText ? PlainText.of(value) : JsonValues.write(value)));
            }
        });
        return form.toString();
    }

    /** A text as one segment of a path, or as a name or value of a form. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The parts of a form: texts, and files, which are maps with a {@code content}. */
    private String parts(Map<Object, Object> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach((name, value) -> {
            Map<Object, Object> file = value instanceof Map<?, ?> map && map.containsKey("content")
                    ? Values.mapOrEmpty(value)
                    : new LinkedHashMap<>(Map.of("content", value));
            text.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=");
            text.append(quoted(Values.str(name)));
            if (file.containsKey("filename")) {
                text.append("; filename=").append(quoted(member(file, "filename")));
            }
            if (file.containsKey("content_type")) {
                text.append("\r\nContent-Type: ")
                        .append(member(file, "content_type").replaceAll("[\\r\\n]", " "));
            }
            text.append("\r\n\r\n").append(member(file, "content")).append("\r\n");
        });
        return text.append("--").append(boundary).append("--\r\n").toString();
    }

    private static String member(Map<Object, Object> map, String name) {
        return PlainText.of(Values.requireDefined(map.getOrDefault(name, None.NONE)));
    }

    /** As browsers do it, so that no name can begin a header of its own. */
    private static String quoted(String name) {
        return '"' + name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A") + '"';
    }

    /** A line with the names of all fields that any record has, and one for each record. A field that one does not have is empty. */
    private String csv(List<Object> rendered) {
        Set<Object> names = new LinkedHashSet<>();
        rendered.forEach(each -> names.addAll(Values.mapOrEmpty(each).keySet()));
        StringBuilder text = new StringBuilder();
        String comma = "";
        for (Object name : names) {
            text.append(comma).append(cell(Values.str(name)));
            comma = ",";
        }
        text.append('\n');
        for (Object each : rendered) {
            Map<Object, Object> record = Values.mapOrEmpty(each);
            comma = "";
            for (Object name : names) {
                Object value = record.get(name);
                text.append(comma).append(value == null ? "" : cell(csvText(value)));
                comma = ",";
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** A value as it stands in a cell. */
    private String csvText(Object value) {
        return value instanceof None ? csvNull : PlainText.of(value);
    }

    private static String cell(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && text.equals(text.strip());
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
