package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.source.FakeService;
import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A small system of contacts, which are found by their e-mail addresses. Those whose name is {@code bad} it refuses; how it says so
 * depends on the address that is asked.
 */
final class ObjectStore implements AutoCloseable {
    static final String DEFINITION = """
        title: Store
        spec:
          connection_specification:
            required: [url, token]
            properties: {url: {type: string}, token: {type: string, airbyte_secret: true}}
        requester:
          url_base: "{{ config.url }}"
          authenticator: {type: BearerAuthenticator, api_token: "{{ config.token }}"}
        check: {requester: {path: /me}}
        concurrency_level: {default_concurrency: 3}
        definitions:
          fields:
            declared:
              - {name: email, required: true}
              - {name: name}
              - {name: size, type: integer}
        objects:
          - name: contacts
            fields: "#/definitions/fields"
            operations:
              insert: {requester: {path: /insert, http_method: POST}, batch: {max_records: 2}}
              upsert:
                matching_keys: [[email]]
                requester: {path: /whole, http_method: POST}
                batch: {max_records: 4}
                body: {inputs: "{{ records }}"}
              update:
                matching_keys: [[email]]
                requester: {path: "/contacts/{{ key }}", http_method: PATCH}
                body: "{{ fields }}"
              delete:
                matching_keys: [[email]]
                only_keys: true
                requester: {path: "/contacts/{{ key }}", http_method: DELETE}
                body_format: none
          - name: indexed
            fields: "#/definitions/fields"
            operations:
              upsert:
                matching_keys: [[email]]
                requester: {path: /indexed, http_method: POST}
                batch: {max_records: 4}
                body: {inputs: "{{ records }}"}
                results:
                  type: by_index
                  path: [results]
                  failed: "{{ not item.ok }}"
                  again: "{{ item.code == 'LOCKED' }}"
                  unchanged: "{{ item.same }}"
                  code: "{{ item.code }}"
                  reason: "{{ item.why }}"
                  field: "{{ item.field }}"
          - name: named
            fields: "#/definitions/fields"
            operations:
              upsert:
                matching_keys: [[email]]
                requester: {path: /named, http_method: POST}
                batch: {max_records: 4}
                body: {inputs: "{{ records }}"}
                results: {type: errors, path: [errors], key: "{{ item.email }}", reason: "{{ item.why }}"}
          - name: events
            fields: "#/definitions/fields"
            operations:
              insert:
                requester: {path: /keyed, http_method: POST}
                repeat: {header: Idempotency-Key}
                batch: {max_records: 2}
        """;

    private final FakeService service = new FakeService();
    private final Map<String, Object> contacts = new ConcurrentHashMap<>();
    private final List<Object> inserted = new CopyOnWriteArrayList<>();
    private final Set<String> seenKeys = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedDeque<Reply> before = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<Reply> after = new ConcurrentLinkedDeque<>();
    private final AtomicInteger locked = new AtomicInteger();

    ObjectStore() {
        service.answer(this::handle);
    }

    Map<String, Object> config() {
        return Map.of("url", service.url(), "token", "secret-token");
    }

    /** Answers the next request so, and does nothing. */
    void refuseNext(int status, Map<String, String> headers) {
        before.add(Reply.status(status, headers));
    }

    /** Carries out the next request, and answers so. */
    void spoilNext(int status) {
        after.add(Reply.status(status, Map.of()));
    }

    /** Says of the next records that somebody else holds them. */
    void lockNext(int count) {
        locked.set(count);
    }

    Map<String, Object> contacts() {
        return contacts;
    }

    /** A contact as JSON; empty if there is none. */
    String contact(String email) {
        Object there = contacts.get(email);
        return there == null ? "" : JsonValues.write(there);
    }

    List<Object> inserted() {
        return inserted;
    }

    List<Asked> asked() {
        return service.asked();
    }

    /** How many requests had a body of records since then. */
    long requests() {
        return service.asked().stream()
                .filter(asked -> !asked.method().equals("GET"))
                .count();
    }

    private Reply handle(Asked asked) {
        if (!"Bearer secret-token".equals(asked.headers().get("Authorization"))) {
            return Reply.status(401, Map.of());
        }
        Reply instead = before.poll();
        if (instead != null) {
            return instead;
        }
        Reply answer = carriedOut(asked);
        Reply spoilt = after.poll();
        return spoilt == null ? answer : spoilt;
    }

    private Reply carriedOut(Asked asked) {
        Function<Object, List<Object>> inputs = body -> Values.items(Values.member(body, "inputs"));
        Object body = asked.body().isEmpty() ? Map.of() : JsonValues.read(asked.body());
        return switch (asked.path().split("/", -1)[1]) {
            case "insert" -> insert(Values.items(body));
            case "keyed" -> {
                boolean isNew = seenKeys.add(asked.headers().getOrDefault("Idempotency-Key", "none"));
                yield isNew ? insert(Values.items(body)) : Reply.json("{}");
            }
            case "whole" -> whole(inputs.apply(body));
            case "indexed" -> indexed(inputs.apply(body));
            case "named" -> named(inputs.apply(body));
            case "contacts" -> one(asked, body);
            default -> Reply.json("{}");
        };
    }

    private static boolean isBad(Object record) {
        return "bad".equals(Values.member(record, "name"));
    }

    private static String email(Object record) {
        return Values.str(Values.member(record, "email"));
    }

    private Reply insert(List<Object> records) {
        if (records.size() > 2) {
            return new Reply(413, Map.of(), "{\"message\": \"too many\"}");
        }
        inserted.addAll(records);
        return Reply.json("{}");
    }

    private Reply whole(List<Object> records) {
        if (records.size() > 4 || records.stream().anyMatch(ObjectStore::isBad)) {
            return new Reply(422, Map.of(), "{\"message\": \"a name is not allowed\"}");
        }
        records.forEach(record -> contacts.put(email(record), record));
        return Reply.json("{}");
    }

    private Reply indexed(List<Object> records) {
        List<Object> results = new ArrayList<>();
        for (Object record : records) {
            if (locked.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                results.add(Map.of("ok", false, "code", "LOCKED", "why", "in use"));
            } else if (isBad(record)) {
                results.add(Map.of("ok", false, "code", "BAD_NAME", "why", "a name is not allowed", "field", "name"));
            } else {
                boolean same = record.equals(contacts.put(email(record), record));
                results.add(Map.of("ok", true, "same", same));
            }
        }
        return Reply.json(JsonValues.write(Map.of("results", results)));
    }

    private Reply named(List<Object> records) {
        List<Object> errors = new ArrayList<>();
        for (Object record : records) {
            if (isBad(record)) {
                errors.add(Map.of("email", email(record), "why", "a name is not allowed"));
            }
        }
        boolean all = errors.size() == records.size();
        if (!all) {
            records.stream().filter(record -> !isBad(record)).forEach(record -> contacts.put(email(record), record));
        }
        return new Reply(all ? 400 : 207, Map.of(), JsonValues.write(Map.of("errors", errors)));
    }

    private Reply one(Asked asked, Object body) {
        String key = asked.path().substring("/contacts/".length());
        if (!contacts.containsKey(key)) {
            return Reply.status(404, Map.of());
        }
        if (asked.method().equals("DELETE")) {
            contacts.remove(key);
        } else {
            contacts.put(key, body);
        }
        return Reply.json("{}");
    }

    @Override
    public void close() {
        service.close();
    }
}
