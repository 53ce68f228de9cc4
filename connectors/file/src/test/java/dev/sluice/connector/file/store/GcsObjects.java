package dev.sluice.connector.file.store;

import com.sun.net.httpserver.HttpExchange;
import dev.sluice.cdk.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Buckets and what is in them, in memory; answers as the documentation of Google Cloud Storage says. */
final class GcsObjects {
    private static final Pattern LIST = Pattern.compile("/storage/v1/b/([^/]+)/o");
    private static final Pattern OBJECT = Pattern.compile("/storage/v1/b/([^/]+)/o/([^/]+)");
    private static final Pattern COPY = Pattern.compile(OBJECT.pattern() + "/rewriteTo/b/([^/]+)/o/([^/]+)");
    private static final Pattern UPLOAD = Pattern.compile("/upload" + LIST.pattern());
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
    private static final Pattern SENT = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

    private final Map<String, NavigableMap<String, Stored>> buckets = new HashMap<>();
    private final Map<String, Session> sessions = new HashMap<>();
    private long generation = 1_700_000_000_000_000L;

    private static final class Stored {
        final String name;
        final byte[] content;
        final long generation;
        private final Instant updated = Instant.now();

        Stored(String name, byte[] content, long generation) {
            this.name = name;
            this.content = content;
            this.generation = generation;
        }

        Map<String, Object> described() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", name);
            fields.put("size", String.valueOf(content.length));
            fields.put("updated", updated.toString());
            fields.put("generation", String.valueOf(generation));
            return fields;
        }
    }

    private record Session(String bucket, String name, ByteArrayOutputStream bytes) {}

    synchronized void create(String bucket) {
        buckets.put(bucket, new TreeMap<>());
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    static void refuse(HttpExchange exchange, int status, String message) throws IOException {
        json(exchange, status, Map.of("error", Map.of("code", status, "message", message)));
    }

    private static void json(HttpExchange exchange, int status, Map<String, Object> answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, status, Json.write(answer).getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String text = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
        for (String part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.put(part.substring(0, equals), decoded(part.substring(equals + 1)));
            }
        }
        return query;
    }

    synchronized void answer(HttpExchange exchange, String endpoint, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Map<String, String> query = query(exchange);
        Matcher list = LIST.matcher(path);
        Matcher object = OBJECT.matcher(path);
        Matcher copy = COPY.matcher(path);
        Matcher upload = UPLOAD.matcher(path);
        String bucket = path.replaceFirst("^(/upload)?/storage/v1/b/([^/]+)/.*", "$2");
        NavigableMap<String, Stored> objects = buckets.get(bucket);
        if (path.startsWith("/upload/session/")) {
            goOn(exchange, path, body);
        } else if (objects == null) {
            refuse(exchange, 404, "The specified bucket does not exist.");
        } else if (upload.matches()) {
            upload(exchange, bucket, query, endpoint, body);
        } else if (list.matches()) {
            list(exchange, objects, query);
        } else if (copy.matches()) {
            copy(exchange, objects, decoded(copy.group(2)), decoded(copy.group(4)));
        } else if (object.matches()) {
            object(exchange, objects, decoded(object.group(2)), query);
        } else {
            refuse(exchange, 400, "no such request");
        }
    }

    private static void list(HttpExchange exchange, NavigableMap<String, Stored> objects, Map<String, String> query)
            throws IOException {
        int most = Integer.parseInt(query.getOrDefault("maxResults", "1000"));
        String prefix = query.getOrDefault("prefix", "");
        List<Object> items = new ArrayList<>();
        String last = "";
        Map<String, Object> answer = new LinkedHashMap<>();
        for (Stored stored :
                objects.tailMap(query.getOrDefault("pageToken", ""), false).values()) {
            if (stored.name.startsWith(prefix)) {
                if (items.size() == most) {
                    answer.put("nextPageToken", last);
                    break;
                }
                items.add(stored.described());
                last = stored.name;
            }
        }
        if (!items.isEmpty()) {
            answer.put("items", items);
        }
        json(exchange, 200, answer);
    }

    private Stored store(String bucket, String name, byte[] content) {
        Stored stored = new Stored(name, content, ++generation);
        Objects.requireNonNull(buckets.get(bucket)).put(name, stored);
        return stored;
    }

    private void upload(HttpExchange exchange, String bucket, Map<String, String> query, String endpoint, byte[] body)
            throws IOException {
        String name = Objects.requireNonNull(query.get("name"));
        if ("resumable".equals(query.get("uploadType"))) {
            String id = UUID.randomUUID().toString();
            sessions.put(id, new Session(bucket, name, new ByteArrayOutputStream()));
            exchange.getResponseHeaders().set("Location", endpoint + "/upload/session/" + id);
            send(exchange, 200, new byte[0]);
            return;
        }
        Stored there = Objects.requireNonNull(buckets.get(bucket)).get(name);
        String expected = query.get("ifGenerationMatch");
        if (expected != null && Long.parseLong(expected) != (there == null ? 0 : there.generation)) {
            refuse(exchange, 412, "At least one of the pre-conditions you specified did not hold.");
        } else {
            json(exchange, 200, store(bucket, name, body).described());
        }
    }

    private void goOn(HttpExchange exchange, String path, byte[] body) throws IOException {
        String id = path.substring("/upload/session/".length());
        Session session = Objects.requireNonNull(sessions.get(id));
        String range = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Content-Range"), "");
        Matcher sent = SENT.matcher(range);
        int there = session.bytes().size();
        if (sent.matches() && Integer.parseInt(sent.group(1)) == there) {
            session.bytes().write(body);
            there = session.bytes().size();
        }
        boolean whole = range.endsWith("/" + there);
        if (whole) {
            json(
                    exchange,
                    200,
                    store(session.bucket(), session.name(), session.bytes().toByteArray())
                            .described());
            return;
        }
        if (there > 0) {
            exchange.getResponseHeaders().set("Range", "bytes=0-" + (there - 1));
        }
        send(exchange, 308, new byte[0]);
    }

    private void copy(HttpExchange exchange, NavigableMap<String, Stored> objects, String from, String to)
            throws IOException {
        Stored source = objects.get(from);
        if (source == null) {
            refuse(exchange, 404, "No such object: " + from);
            return;
        }
        // Large copies take several requests; here each takes two.
        if (!query(exchange).containsKey("rewriteToken")) {
            json(exchange, 200, Map.of("done", false, "rewriteToken", "go on"));
            return;
        }
        Stored copied = new Stored(to, source.content, ++generation);
        objects.put(to, copied);
        json(exchange, 200, Map.of("done", true, "resource", copied.described()));
    }

    private static void object(
            HttpExchange exchange, NavigableMap<String, Stored> objects, String name, Map<String, String> query)
            throws IOException {
        Stored stored = objects.get(name);
        String wanted = query.get("generation");
        if (stored == null || (wanted != null && Long.parseLong(wanted) != stored.generation)) {
            refuse(exchange, 404, "No such object: " + name);
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            objects.remove(name);
            send(exchange, 204, new byte[0]);
        } else if ("media".equals(query.get("alt"))) {
            content(exchange, stored);
        } else {
            json(exchange, 200, stored.described());
        }
    }

    private static void content(HttpExchange exchange, Stored stored) throws IOException {
        String header = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Range"), "");
        Matcher range = RANGE.matcher(header);
        if (!range.matches()) {
            send(exchange, 200, stored.content);
            return;
        }
        int from = Integer.parseInt(range.group(1));
        int behind = (int) Math.min(stored.content.length, Long.parseLong(range.group(2)) + 1);
        if (from >= behind) {
            refuse(exchange, 416, "The requested range cannot be satisfied.");
            return;
        }
        send(exchange, 206, Arrays.copyOfRange(stored.content, from, behind));
    }
}
