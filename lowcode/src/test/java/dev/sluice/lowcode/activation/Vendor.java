package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.activation.Sending.Wish;
import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A system as its vendor documents it: how it is asked, how much it takes at once, how it refuses, and how it tells of parts.
 *
 * @param name the connector
 * @param config its options, without the address
 * @param wish what is written; the first field is the key, the second is {@code bad} in a record that it refuses
 * @param proof the header that it wants, and its value
 * @param metadata what it tells of its objects, by the path that is asked
 * @param limits what it takes
 * @param reading how its bodies are read and its answers made
 */
record Vendor(
        String name,
        Map<String, Object> config,
        Wish wish,
        Proof proof,
        Map<String, String> metadata,
        Limits limits,
        Reading reading) {
    /** What requests prove themselves by. */
    record Proof(String header, String value) {}

    /**
     * What the system takes, and how it says no.
     *
     * @param write the method and the path of the request that writes
     * @param most how many records it takes at once
     * @param tooMany what it answers to too many requests
     * @param reject what people are told of the refused record
     */
    record Limits(String write, int most, Reply tooMany, String reject) {}

    /**
     * How its bodies are read and its answers made.
     *
     * @param records finds the records in a body
     * @param key finds the key of a record
     * @param bad finds what is {@code bad} in a record that it refuses
     * @param answer the answer, of the records and the places of those that it refuses
     * @param partial true if it takes the others
     */
    record Reading(
            Function<Object, List<Object>> records,
            Function<Object, Object> key,
            Function<Object, Object> bad,
            Answers answer,
            boolean partial) {}

    /** Makes an answer. */
    interface Answers {
        Reply of(List<Object> records, List<Integer> bad);
    }

    static Object at(Object value, String... path) {
        Object found = value;
        for (String part : path) {
            found = found instanceof List<?> list ? list.get(Integer.parseInt(part)) : Values.member(found, part);
        }
        return found;
    }

    /** The service, which keeps what it takes by its key. */
    Function<Asked, Reply> service(Map<Object, Object> taken, List<Reply> before) {
        return asked -> {
            boolean proven = proof.value().equals(asked.headers().get(proof.header()));
            if (!proven && !asked.path().endsWith("/token")) {
                return new Reply(401, Map.of(), "{\"message\": \"who are you\"}");
            }
            String told = metadata.get(asked.path());
            if (told != null) {
                return Reply.json(told);
            }
            if (!(asked.method() + " " + asked.path()).equals(limits.write())) {
                return new Reply(404, Map.of(), "{\"message\": \"no such place\"}");
            }
            if (!before.isEmpty()) {
                return before.removeFirst();
            }
            return written(asked, taken);
        };
    }

    private Reply written(Asked asked, Map<Object, Object> taken) {
        List<Object> records = reading.records().apply(JsonValues.read(content(asked)));
        if (records.size() > limits.most()) {
            return new Reply(400, Map.of(), "{\"message\": \"too many records at once\"}");
        }
        List<Integer> bad = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            if ("bad".equals(reading.bad().apply(records.get(i)))) {
                bad.add(i);
            }
        }
        if (bad.isEmpty() || reading.partial()) {
            for (int i = 0; i < records.size(); i++) {
                if (!bad.contains(i)) {
                    taken.put(reading.key().apply(records.get(i)), records.get(i));
                }
            }
        }
        return reading.answer().of(records, bad);
    }

    /** The content of a body: that of its only file if it has parts. */
    private static String content(Asked asked) {
        String type = asked.headers().getOrDefault("Content-Type", "");
        if (!type.startsWith("multipart/form-data; boundary=")) {
            return asked.body();
        }
        String boundary = "\r\n--" + type.substring(type.indexOf('=') + 1) + "--\r\n";
        int begin = asked.body().indexOf("\r\n\r\n") + 4;
        return asked.body().substring(begin, asked.body().indexOf(boundary));
    }

    static Reply json(int status, Object body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), JsonValues.write(body));
    }

    /** A map in order. */
    static Map<Object, Object> map(Object... pairs) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    @Override
    public String toString() {
        return name + " " + wish.object();
    }
}
