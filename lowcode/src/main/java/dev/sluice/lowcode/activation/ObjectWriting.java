package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.auth.Requesters;
import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Sender;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.ledger.Fate;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How records of one object are written by one method: what is sent, how much at once, and what the answers say. */
final class ObjectWriting {
    private static final int MOST_RECORDS = 10_000;
    private static final int USUAL_BYTES = 4 << 20;

    private final Component definition;
    private final Map<Object, Object> variables;
    private final List<String> keyNames;
    private final Surroundings surroundings;
    private final Sender sender;
    private final Results results;
    private final Repeat repeat;
    private final int maxRecords;
    private final int maxBytes;
    private final Object body;
    private final Object record;
    private final Format format;

    /** What happens if a request is made twice. */
    enum Repeat {
        /** Nothing: objects are found by their key. */
        SAFE,
        /** Nothing, as the system knows the request by a key of its own. */
        BY_KEY,
        /** Its records are there twice. */
        NEVER
    }

    private enum Format {
        JSON,
        LINES,
        FORM,
        NONE
    }

    /**
     * How records are written.
     *
     * @param definition the operation, whose requester has everything that all requests have in common
     * @param object the name of the object
     * @param item what the system itself says of the object; none if it is declared
     * @param keyNames the fields that objects are found by
     */
    ObjectWriting(Component definition, String object, Object item, List<String> keyNames, Requesters requesters) {
        this.definition = definition;
        this.keyNames = List.copyOf(keyNames);
        this.surroundings = requesters.surroundings();
        this.sender = requesters.sender(definition.required("requester"));
        Optional<Component> batch = definition.optional("batch");
        this.maxRecords = size(batch, "max_records", 1, MOST_RECORDS);
        this.maxBytes = size(batch, "max_bytes", USUAL_BYTES, Integer.MAX_VALUE);
        this.results = new Results(
                definition.optional("results").orElse(new Component(Map.of(), definition.where() + "/results")),
                keyNames,
                surroundings.templates());
        this.repeat = repeat();
        this.record = definition.has("record") ? definition.raw("record") : "{{ record }}";
        this.format = format(definition);
        this.body =
                definition.has("body") ? definition.raw("body") : maxRecords == 1 ? "{{ rendered }}" : "{{ records }}";
        this.variables = new LinkedHashMap<>();
        variables.put("object", object);
        variables.put("item", item);
        variables.put("key_name", keyNames.size() == 1 ? keyNames.getFirst() : "");
        variables.put("key_names", List.copyOf(keyNames));
    }

    private int size(Optional<Component> batch, String field, int usual, int most) {
        if (batch.isEmpty() || !batch.get().has(field)) {
            return usual;
        }
        String told = templates().exact(batch.get().text(field), surroundings.scope());
        long wanted = told.isEmpty()
                ? usual
                : batch.get().with(field, told).whole(field).orElse(usual);
        if (wanted < 1 || wanted > most) {
            throw batch.get().wrong(field, "has to be from 1 to " + most);
        }
        return (int) wanted;
    }

    private Repeat repeat() {
        if (!definition.has("repeat")) {
            return definition.text("method", "").equals("insert") ? Repeat.NEVER : Repeat.SAFE;
        }
        if (definition.raw("repeat") instanceof Map<?, ?>) {
            return repeatHeader().isEmpty() ? Repeat.NEVER : Repeat.BY_KEY;
        }
        return switch (definition.text("repeat")) {
            case "safe" -> Repeat.SAFE;
            case "by_key" -> Repeat.BY_KEY;
            case "never" -> Repeat.NEVER;
            default -> throw definition.wrong("repeat", "has to be safe, never, by_key or {header: NAME}");
        };
    }

    private static Format format(Component definition) {
        return switch (definition.text("body_format", "json")) {
            case "json" -> Format.JSON;
            case "lines" -> Format.LINES;
            case "form" -> Format.FORM;
            case "none" -> Format.NONE;
            default -> throw definition.wrong("body_format", "has to be json, lines, form or none");
        };
    }

    /** The header that the system knows a request by; empty if there is none. */
    private String repeatHeader() {
        return definition.raw("repeat") instanceof Map<?, ?>
                ? templates().exact(definition.required("repeat").text("header"), surroundings.scope())
                : "";
    }

    Repeat whenRepeated() {
        return repeat;
    }

    int maxRecords() {
        return maxRecords;
    }

    int maxBytes() {
        return maxBytes;
    }

    Sender sender() {
        return sender;
    }

    /** What stands for a null that clears a field. */
    Object cleared() {
        return definition.raw("clears_with");
    }

    private Templates templates() {
        return surroundings.templates();
    }

    private Scope scope() {
        Scope scope = surroundings.scope(new LinkedHashMap<>(variables));
        for (Map.Entry<Object, Object> each : variables.entrySet()) {
            scope = scope.with(Values.str(each.getKey()), each.getValue());
        }
        return scope;
    }

    private Scope ofRecord(Scope scope, Map<Object, Object> values) {
        Map<Object, Object> fields = new LinkedHashMap<>(values);
        keyNames.forEach(fields::remove);
        return scope.with("record", values).with("fields", fields).with("key", Item.key(values, keyNames));
    }

    /** What is sent of a record. */
    Object rendered(Map<Object, Object> values) {
        return Trees.filled(record, templates(), ofRecord(scope(), values));
    }

    /** How many bytes a record takes in a request. */
    int bytes(Object rendered) {
        return JsonValues.write(rendered).getBytes(StandardCharsets.UTF_8).length + 1;
    }

    private Scope ofRequest(List<Item> items, String idempotencyKey) {
        Map<Object, Object> first = items.getFirst().record();
        List<Object> records = new ArrayList<>(items.size());
        items.forEach(item -> records.add(item.rendered()));
        return ofRecord(scope(), first)
                .with("rendered", items.getFirst().rendered())
                .with("records", records)
                .with("count", (long) items.size())
                .with("idempotency_key", idempotencyKey)
                .with("timestamp", surroundings.clock().instant().getEpochSecond());
    }

    /** The request that sends records. */
    Sender.Parcel parcel(List<Item> items, String idempotencyKey) {
        Scope scope = ofRequest(items, idempotencyKey);
        Optional<String> text = body(scope, items);
        Map<String, String> headers = new LinkedHashMap<>();
        String header = repeatHeader();
        if (!header.isEmpty()) {
            headers.put(header, idempotencyKey);
        }
        definition
                .optional("signature")
                .ifPresent(signature -> Signature.add(signature, text.orElse(""), headers, templates(), scope));
        Map<Object, Object> seen = new LinkedHashMap<>(variables);
        for (String name : List.of("record", "fields", "key", "rendered", "records", "count", "idempotency_key")) {
            Object value = scope.value(name);
            seen.put(name, value == null ? None.NONE : value);
        }
        return new Sender.Parcel(
                path(items.getFirst().record(), scope), seen, headers, text, type(), repeat != Repeat.NEVER);
    }

    private String type() {
        return switch (format) {
            case JSON, NONE -> "application/json";
            case LINES -> "application/x-ndjson";
            case FORM -> "application/x-www-form-urlencoded";
        };
    }

    private Optional<String> body(Scope scope, List<Item> items) {
        Object filled = format == Format.NONE ? None.NONE : Trees.filled(body, templates(), scope);
        return switch (format) {
            case NONE -> Optional.empty();
            case JSON -> Optional.of(JsonValues.write(filled));
            case FORM -> Optional.of(form(Values.mapOrEmpty(filled)));
            case LINES -> {
                StringBuilder lines = new StringBuilder();
                items.forEach(
                        item -> lines.append(JsonValues.write(item.rendered())).append('\n'));
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

    /** The path; what a record brings into it is one segment, whatever it holds. */
    private Optional<String> path(Map<Object, Object> values, Scope scope) {
        Optional<String> template = definition.required("requester").optionalText("path");
        if (template.isEmpty()) {
            return Optional.empty();
        }
        Map<Object, Object> segments = new LinkedHashMap<>();
        values.forEach((name, value) -> segments.put(name, encoded(PlainText.of(value))));
        Scope own = scope.with("record", segments)
                .with("fields", segments)
                .with("key", Item.key(segments, keyNames))
                .with("object", encoded(Values.str(Values.requireDefined(variables.getOrDefault("object", "")))));
        return Optional.of(templates().exact(template.get(), own).replaceFirst("^/+", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What an answer says became of the records. */
    Results.Told read(Answer answer, List<Item> items) {
        return results.read(answer, items, ofRequest(items, ""));
    }

    /** The records that a refused request names as the reason. */
    Map<Integer, Fate> culprits(Answer answer, List<Item> items) {
        return results.namesRecords() ? results.culprits(answer, items, ofRequest(items, "")) : Map.of();
    }
}
