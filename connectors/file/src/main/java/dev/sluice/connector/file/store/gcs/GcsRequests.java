package dev.sluice.connector.file.store.gcs;

import dev.sluice.connector.file.store.GcsLogin;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The requests of one bucket, each with the token of who asks. */
final class GcsRequests {
    private static final String GOOGLES = "https://storage.googleapis.com";
    private static final int UNAUTHORIZED = 401;

    private final GcsHttp http;
    private final GcsToken token;
    private final String endpoint;
    private final String bucket;

    private GcsRequests(GcsHttp http, GcsToken token, String endpoint, String bucket) {
        this.http = http;
        this.token = token;
        this.endpoint = endpoint;
        this.bucket = bucket;
    }

    static GcsRequests open(String bucket, GcsLogin login, Duration firstPause) {
        GcsHttp http = new GcsHttp(firstPause);
        @Nullable
        GcsCredentials credentials = GcsCredentials.find(login, System::getenv).orElse(null);
        GcsToken token = new GcsToken(http, credentials, login.endpoint() == null);
        return new GcsRequests(http, token, endpoint(login), bucket);
    }

    private static String endpoint(GcsLogin login) {
        String given = login.endpoint();
        if (given == null) {
            return GOOGLES;
        }
        try {
            URI uri = URI.create(given);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return given.replaceAll("/+$", "");
            }
        } catch (IllegalArgumentException malformed) {
            // falls through: the message must not repeat what may hold a password
        }
        throw wrongEndpoint();
    }

    private static ProblemException wrongEndpoint() {
        return Problem.of("E_CONFIG", ProblemKind.CONFIG, "the endpoint is no web address")
                .at("gcs_endpoint")
                .fix("write it like https://storage.example.com")
                .exception();
    }

    static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Where the objects are. */
    String objects() {
        return endpoint + "/storage/v1/b/" + coded(bucket) + "/o";
    }

    /** Where an object is. */
    String object(String key) {
        return objects() + "/" + coded(key);
    }

    /** Where objects are sent to. */
    String uploads() {
        return endpoint + "/upload/storage/v1/b/" + coded(bucket) + "/o";
    }

    /** Where an object is copied by the store. */
    String copy(String from, String to) {
        return object(from) + "/rewriteTo/b/" + coded(bucket) + "/o/" + coded(to);
    }

    /** True if an address that the store gave is one of its own. */
    boolean isOurs(URI uri) {
        return uri.toString().startsWith(endpoint + "/");
    }

    HttpRequest.Builder of(String address, Map<String, String> query) {
        String text = query.entrySet().stream()
                .map(each -> coded(each.getKey()) + "=" + coded(each.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(text.isEmpty() ? address : address + "?" + text));
    }

    /** Makes a request without a token. */
    interface Making {
        HttpRequest.Builder make() throws IOException;
    }

    /** The answer to a request that may be made again. */
    HttpResponse<byte[]> ask(String where, Making making) throws IOException {
        HttpResponse<byte[]> response = http.ask(() -> signed(where, making));
        if (response.statusCode() == UNAUTHORIZED) {
            token.forget();
            response = http.ask(() -> signed(where, making));
        }
        return response;
    }

    /** The answer to a request that is made once. */
    HttpResponse<byte[]> once(String where, Making making) throws IOException {
        return http.once(signed(where, making));
    }

    private HttpRequest signed(String where, Making making) throws IOException {
        HttpRequest.Builder request = making.make();
        token.authorization(where).ifPresent(value -> request.header("Authorization", value));
        return request.build();
    }

    void close() {
        http.close();
    }
}
