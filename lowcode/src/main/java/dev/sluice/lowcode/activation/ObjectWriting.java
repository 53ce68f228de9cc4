package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Delivery;
import dev.sluice.lowcode.http.Sender;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.ledger.Fate;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    private final Object record;
    private final Bodies bodies;
    private final @Nullable Job job;
    private final boolean createsEmptyJobs;
    private @Nullable Finder finder;
    private @Nullable ObjectWriting large;
    private int manyRecords = Integer.MAX_VALUE;
    private boolean asksBefore;

    /** What happens if a request is made twice. */
    enum Repeat {
        /** Nothing: objects are found by their key. */
        SAFE,
        /** Nothing, as the system knows the request by a key of its own. */
        BY_KEY,
        /** Its records are there twice. */
        NEVER
    }

    /**
     * What is written.
     *
     * @param object the name of the object
     * @param item what the system itself says of the object; none if it is declared
     * @param told what the system says of each of its fields; empty if the operation does not want to know
     * @param keyNames the fields that objects are found by
     */
    record Subject(String object, Object item, List<Map<Object, Object>> told, List<String> keyNames) {
        Subject {
            told = List.copyOf(told);
            keyNames = List.copyOf(keyNames);
        }
    }

    /** How records are written by an operation, with its other ways for many records and for objects that were found. */
    static ObjectWriting of(Component operation, Subject subject, Listing listing) {
        Optional<Component> large = operation.optional("large");
        Component usual = operation.without("large");
        ObjectWriting writing = new ObjectWriting(usual, subject, listing);
        if (operation.has("find")) {
            Component bare = usual.without("find").without("found");
            ObjectWriting missing = new ObjectWriting(bare, subject, listing);
            ObjectWriting existing =
                    new ObjectWriting(DestinationFormat.over(bare, operation.required("found")), subject, listing);
            missing.asksBefore = true;
            writing.finder = new Finder(operation.required("find"), listing, missing, existing);
        }
        if (large.isPresent()) {
            writing.large = new ObjectWriting(
                    DestinationFormat.over(usual, large.get().without("from_records")), subject, listing);
            if (writing.repeat == Repeat.SAFE && writing.large.repeat != Repeat.SAFE) {
                throw large.get().wrong("repeat", "has to be safe where the operation itself is");
            }
            writing.manyRecords = (int) large.get().whole("from_records").orElse(writing.maxRecords + 1L);
        }
        return writing;
    }

    private ObjectWriting(Component definition, Subject subject, Listing listing) {
        this.definition = definition.with(
                "requester", listing.requester(definition.required("requester")).values());
        this.keyNames = subject.keyNames();
        this.surroundings = listing.surroundings();
        this.sender = listing.sender(this.definition.required("requester"));
        Optional<Component> batch = definition.optional("batch");
        this.maxRecords = size(batch, "max_records", 1, MOST_RECORDS);
        this.maxBytes = size(batch, "max_bytes", USUAL_BYTES, Integer.MAX_VALUE);
        this.results = new Results(
                definition.optional("results").orElse(new Component(Map.of(), definition.where() + "/results")),
                keyNames,
                surroundings.templates(),
                value -> value instanceof None ? definition.text("csv_null", "") : PlainText.of(value));
        this.repeat = repeat();
        this.record = definition.has("record") ? definition.raw("record") : "{{ record }}";
        this.bodies =
                new Bodies(definition, maxRecords == 1 ? "{{ rendered }}" : "{{ records }}", surroundings.templates());
        this.job = definition
                .optional("job")
                .map(each -> new Job(each, listing, repeat != Repeat.NEVER))
                .orElse(null);
        this.createsEmptyJobs =
                definition.optional("job").filter(each -> each.has("steps")).isPresent();
        this.variables = new LinkedHashMap<>();
        variables.put("object", subject.object());
        variables.put("item", subject.item());
        variables.put("told", subject.told());
        variables.put("key_name", keyNames.size() == 1 ? keyNames.getFirst() : "");
        variables.put("key_names", keyNames);
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

    /** How many records have to be there so that {@link #large} is worth while. */
    int manyRecords() {
        return manyRecords;
    }

    /** How many records are written. */
    ObjectWriting large() {
        return large == null ? this : large;
    }

    /** What asks for the objects of records before it writes them; null if the system finds them itself. */
    @Nullable
    Finder finder() {
        return finder;
    }

    /** True if objects that may have been made are found when they are asked for again. */
    boolean asksBefore() {
        return asksBefore;
    }

    /**
     * Sends records, and waits until what became of them can be told.
     *
     * @throws ProblemException if they were not sent
     */
    Delivery deliver(List<Item> items, String idempotencyKey) {
        Delivery first = sender.send(parcel(items, idempotencyKey));
        if (job == null) {
            return first;
        }
        return switch (first) {
            case Delivery.Taken(var created) ->
                job.ended(
                        created,
                        ofRequest(items, idempotencyKey),
                        items.stream().map(Item::rendered).toList());
            // Without records, it is not they who are the reason.
            case Delivery.Refused(var answer, String message)
            when createsEmptyJobs ->
                throw Problem.of("E_DESTINATION_JOB", ProblemKind.CONFIG, "the system makes no job")
                        .at(answer.call().place())
                        .because(message)
                        .exception();
            case Delivery.Refused refused -> refused;
            case Delivery.Unknown unknown -> unknown;
        };
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

    private Scope ofRecord(Scope scope, Map<Object, Object> values, Item.@Nullable Found found) {
        Map<Object, Object> fields = new LinkedHashMap<>(values);
        keyNames.forEach(fields::remove);
        Scope own = scope.with("record", values).with("fields", fields).with("key", Item.key(values, keyNames));
        return found == null ? own : own.with("found", found.item()).with("found_index", found.index());
    }

    /** What is sent of a record. */
    Object rendered(Map<Object, Object> values) {
        return Trees.filled(record, templates(), ofRecord(scope(), values, null));
    }

    /** What is sent of a record whose object is known. */
    Object rendered(Item item) {
        return Trees.filled(record, templates(), ofRecord(scope(), item.record(), item.found()));
    }

    /** What a record is found by, as text. */
    String keyText(Item item) {
        return Values.str(item.key(keyNames));
    }

    /** How many bytes a record takes in a request. */
    int bytes(Object rendered) {
        return JsonValues.write(rendered).getBytes(StandardCharsets.UTF_8).length + 1;
    }

    Scope ofRequest(List<Item> items, String idempotencyKey) {
        Map<Object, Object> first = items.getFirst().record();
        List<Object> records = new ArrayList<>(items.size());
        items.forEach(item -> records.add(item.rendered()));
        return ofRecord(scope(), first, items.getFirst().found())
                .with("rendered", items.getFirst().rendered())
                .with("records", records)
                .with("count", (long) items.size())
                .with("idempotency_key", idempotencyKey)
                .with("timestamp", surroundings.clock().instant().getEpochSecond());
    }

    /** The request that sends records. */
    Sender.Parcel parcel(List<Item> items, String idempotencyKey) {
        Scope scope = ofRequest(items, idempotencyKey);
        Optional<String> text =
                bodies.of(scope, items.stream().map(Item::rendered).toList());
        Map<String, String> headers = new LinkedHashMap<>();
        String header = repeatHeader();
        if (!header.isEmpty()) {
            headers.put(header, idempotencyKey);
        }
        definition
                .optional("signature")
                .ifPresent(signature -> Signature.add(signature, text.orElse(""), headers, templates(), scope));
        Map<Object, Object> seen = new LinkedHashMap<>(variables);
        for (String name : List.of(
                "record", "fields", "key", "rendered", "records", "count", "idempotency_key", "found", "found_index")) {
            Object value = scope.value(name);
            seen.put(name, value == null ? None.NONE : value);
        }
        return new Sender.Parcel(
                path(items.getFirst().record(), scope),
                seen,
                headers,
                text,
                bodies.type(),
                repeat != Repeat.NEVER && !asksBefore);
    }

    /** The path; what a record brings into it is one segment, whatever it holds. */
    private Optional<String> path(Map<Object, Object> values, Scope scope) {
        Optional<String> template = definition.required("requester").optionalText("path");
        if (template.isEmpty()) {
            return Optional.empty();
        }
        Map<Object, Object> segments = new LinkedHashMap<>();
        values.forEach((name, value) -> segments.put(name, Bodies.encoded(PlainText.of(value))));
        Scope own = scope.with("record", segments)
                .with("fields", segments)
                .with("key", Item.key(segments, keyNames))
                .with(
                        "object",
                        Bodies.encoded(Values.str(Values.requireDefined(variables.getOrDefault("object", "")))));
        return Optional.of(templates().exact(template.get(), own).replaceFirst("^/+", ""));
    }

    /** What an answer says became of the records. */
    Results.Told read(Answer answer, List<Item> items) {
        return results.read(answer, items, ofRequest(items, ""));
    }

    /** The records that a refused request names as the reason. */
    Map<Integer, Fate> culprits(Answer answer, List<Item> items) {
        return results.namesRecords() ? results.culprits(answer, items, ofRequest(items, "")) : Map.of();
    }

    /** Why a record that stood alone was refused, if the definition reads that out of the answer. */
    Optional<Fate> refusal(Answer answer, Item item) {
        return results.refusal(answer, ofRequest(List.of(item), ""));
    }
}
