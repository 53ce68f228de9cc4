package dev.sluice.connector.file.store.gcs;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.file.store.GcsLogin;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.StoreKind;
import dev.sluice.connector.file.store.StoreProblems;
import dev.sluice.connector.file.store.StoredObject;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bucket of Google Cloud Storage; the version of an object is its generation. */
public final class GcsStore implements ObjectStore {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int PART = 206;
    private static final int NOT_FOUND = 404;
    private static final int CONDITION_FAILED = 412;
    private static final String FIELDS = "name,size,updated,generation";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final GcsRequests requests;
    private final String bucket;
    private final Sizes sizes;

    /**
     * How much goes at once.
     *
     * @param read the bytes of a part that is read
     * @param sent the bytes of a part that is sent; a multiple of 256 KiB
     * @param page the objects of a page of a list
     */
    record Sizes(int read, int sent, int page) {
        static final Sizes USUAL = new Sizes(8 << 20, 16 << 20, 1000);
    }

    GcsStore(GcsRequests requests, String bucket, Sizes sizes) {
        this.requests = requests;
        this.bucket = bucket;
        this.sizes = sizes;
    }

    /** Opens a bucket; nothing is asked of it yet. */
    public static GcsStore open(String bucket, GcsLogin login) {
        return open(bucket, login, FIRST_PAUSE, Sizes.USUAL);
    }

    static GcsStore open(String bucket, GcsLogin login, Duration firstPause, Sizes sizes) {
        return new GcsStore(GcsRequests.open(bucket, login, firstPause), bucket, sizes);
    }

    @Override
    public String address() {
        return StoreKind.GCS.scheme() + "://" + bucket;
    }

    private HttpResponse<byte[]> ask(String key, GcsRequests.Making request) {
        try {
            return requests.ask(addressOf(key), request);
        } catch (IOException failure) {
            throw StoreProblems.unreachable(addressOf(key), failure.getMessage())
                    .exception(failure);
        }
    }

    private HttpResponse<byte[]> require(String key, HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 != 2) {
            throw problem(key, response);
        }
        return response;
    }

    private ProblemException problem(String key, HttpResponse<byte[]> response) {
        String where = addressOf(key);
        String why = words(response);
        Problem problem = switch (response.statusCode()) {
            case 401, 403 -> StoreProblems.denied(where, why);
            case NOT_FOUND ->
                why.contains("bucket does not exist")
                        ? StoreProblems.noBucket(address())
                        : Problem.of("E_FILE_NOT_FOUND", ProblemKind.CONFIG, "there is no such file")
                                .at(where);
            default -> StoreProblems.failed(where, why);
        };
        return problem.exception();
    }

    private static String words(HttpResponse<byte[]> response) {
        String status = "status " + response.statusCode();
        String text = new String(response.body(), StandardCharsets.UTF_8);
        try {
            return Json.readObject(text).get("error") instanceof Map<?, ?> error
                            && error.get("message") instanceof String message
                    ? status + ": " + message
                    : status;
        } catch (IllegalArgumentException noJson) {
            String line = text.lines().findFirst().orElse("");
            return line.isEmpty() ? status : status + ": " + line.substring(0, Math.min(200, line.length()));
        }
    }

    private Map<String, @Nullable Object> json(String key, HttpResponse<byte[]> response) {
        try {
            return Json.readObject(new String(require(key, response).body(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noJson) {
            throw StoreProblems.failed(addressOf(key), "the answer is no JSON document")
                    .exception(noJson);
        }
    }

    /** True if an object is not there; a bucket that is not there is a problem. */
    private boolean isMissing(String key, HttpResponse<byte[]> response) {
        if (response.statusCode() != NOT_FOUND) {
            return false;
        }
        ProblemException problem = problem(key, response);
        if (!problem.problem().code().equals("E_FILE_NOT_FOUND")) {
            throw problem;
        }
        return true;
    }

    @Override
    public Page list(String prefix, String after) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("prefix", prefix);
        query.put("maxResults", String.valueOf(sizes.page()));
        query.put("fields", "nextPageToken,items(" + FIELDS + ")");
        if (!after.isEmpty()) {
            query.put("pageToken", after);
        }
        Map<String, @Nullable Object> answer = json(
                prefix, ask(prefix, () -> requests.of(requests.objects(), query).GET()));
        List<StoredObject> objects = new ArrayList<>();
        if (answer.get("items") instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> fields) {
                    objects.add(described(fields));
                }
            }
        }
        return new Page(objects, answer.get("nextPageToken") instanceof String next ? next : "");
    }

    private static StoredObject described(Map<?, ?> fields) {
        return new StoredObject(
                String.valueOf(fields.get("name")),
                Long.parseLong(String.valueOf(fields.get("size"))),
                Instant.parse(String.valueOf(fields.get("updated"))).getEpochSecond() * 1_000_000_000L,
                String.valueOf(fields.get("generation")));
    }

    @Override
    public Optional<StoredObject> head(String key) {
        HttpResponse<byte[]> response = ask(
                key,
                () -> requests.of(requests.object(key), Map.of("fields", FIELDS))
                        .GET());
        return isMissing(key, response) ? Optional.empty() : Optional.of(described(json(key, response)));
    }

    @Override
    public InputStream open(StoredObject object, long from) throws IOException {
        return new GcsInput(at -> piece(object, at), object.size(), from, piece(object, from));
    }

    private byte[] piece(StoredObject object, long from) throws IOException {
        String key = object.key();
        HttpResponse<byte[]> response = requests.ask(
                addressOf(key),
                () -> requests.of(requests.object(key), Map.of("alt", "media", "generation", object.version()))
                        .header("Range", "bytes=" + from + "-" + (from + sizes.read() - 1))
                        .GET());
        if (isMissing(key, response)) {
            throw StoreProblems.changed(addressOf(key)).exception();
        }
        byte[] body = require(key, response).body();
        if (response.statusCode() != PART && from > 0) {
            throw new IOException("the store does not send parts of objects");
        }
        return body;
    }

    @Override
    public Optional<Content> read(String key, int maxBytes) {
        while (true) {
            Optional<StoredObject> there = head(key);
            if (there.isEmpty()) {
                return Optional.empty();
            }
            StoredObject object = there.get();
            try (InputStream input = object.size() == 0 ? InputStream.nullInputStream() : open(object, 0)) {
                return Optional.of(new Content(input.readNBytes(maxBytes), object.version()));
            } catch (ProblemException problem) {
                if (!problem.problem().code().equals("E_FILE_CHANGED")) {
                    throw problem;
                }
            } catch (IOException broken) {
                throw StoreProblems.unreachable(addressOf(key), broken.getMessage())
                        .exception(broken);
            }
        }
    }

    @Override
    public Optional<String> put(String key, byte[] content, String expected) {
        Map<String, String> query =
                Map.of("uploadType", "media", "name", key, "ifGenerationMatch", expected.isEmpty() ? "0" : expected);
        HttpResponse<byte[]> response = ask(
                key,
                () -> requests.of(requests.uploads(), query)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(content)));
        return response.statusCode() == CONDITION_FAILED
                ? Optional.empty()
                : Optional.of(described(json(key, response)).version());
    }

    @Override
    public void upload(String key, Path file) {
        try {
            HttpResponse<byte[]> last = new GcsUpload(requests, addressOf(key), sizes.sent()).send(key, file);
            require(key, last);
        } catch (IOException failure) {
            throw StoreProblems.unreachable(addressOf(key), failure.getMessage())
                    .exception(failure);
        }
    }

    @Override
    public void download(String key, Path file) {
        StoredObject object = head(key)
                .orElseThrow(() -> Problem.of("E_FILE_NOT_FOUND", ProblemKind.CONFIG, "there is no such file")
                        .at(addressOf(key))
                        .exception());
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long at = 0; at < object.size(); ) {
                byte[] piece = piece(object, at);
                if (piece.length == 0) {
                    throw new IOException("the store sent nothing");
                }
                out.write(piece);
                at += piece.length;
            }
        } catch (IOException failure) {
            throw StoreProblems.failed(addressOf(key), failure.getMessage()).exception(failure);
        }
    }

    @Override
    public void copy(String from, String to) {
        String token = "";
        do {
            Map<String, String> query = token.isEmpty() ? Map.of() : Map.of("rewriteToken", token);
            Map<String, @Nullable Object> answer = json(
                    from,
                    ask(
                            from,
                            () -> requests.of(requests.copy(from, to), query)
                                    .POST(HttpRequest.BodyPublishers.noBody())));
            token = answer.get("rewriteToken") instanceof String next ? next : "";
        } while (!token.isEmpty());
    }

    @Override
    public void delete(String key) {
        HttpResponse<byte[]> response =
                ask(key, () -> requests.of(requests.object(key), Map.of()).DELETE());
        if (response.statusCode() != NO_CONTENT && response.statusCode() != OK && !isMissing(key, response)) {
            throw problem(key, response);
        }
    }

    @Override
    public void abortUploads(String prefix) {
        // What was sent of an object that never ended is seen by nobody, and is deleted by Google after a week.
    }

    @Override
    public void close() {
        requests.close();
    }
}
