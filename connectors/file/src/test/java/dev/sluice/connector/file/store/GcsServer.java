package dev.sluice.connector.file.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.cdk.json.Json;
import dev.sluice.connector.file.store.gcs.GcsStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the language of Google Cloud Storage as it is described: tokens for signed assertions, and what {@link GcsObjects}
 * answers to whoever has one. All tests share it and have buckets of their own.
 */
public final class GcsServer implements StoreServer {
    private static final String ACCOUNT = "sluice@tests.iam.gserviceaccount.com";

    private final HttpServer http;
    private final KeyPair key;
    private final GcsObjects objects = new GcsObjects();
    private final AtomicInteger buckets = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile int oldestToken;

    private static final class Shared {
        static final GcsServer SERVER = start();
    }

    private GcsServer(HttpServer http, KeyPair key) {
        this.http = http;
        this.key = key;
    }

    /** The server of this process. */
    public static GcsServer shared() {
        return Shared.SERVER;
    }

    /** A server of its own, for tests that disturb it. */
    public static GcsServer start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            GcsServer server = new GcsServer(http, Key.PAIR);
            http.createContext("/", server::answer);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.start();
            return server;
        } catch (IOException failure) {
            throw new IllegalStateException("the server does not start", failure);
        }
    }

    /** All servers know the same service account. */
    private static final class Key {
        static final KeyPair PAIR = make();

        private static KeyPair make() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException everyJdkHasIt) {
                throw new IllegalStateException(everyJdkHasIt);
            }
        }
    }

    /** Its address. */
    public String endpoint() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Lets the next requests fail as a busy server does. */
    public void failNext(int requests) {
        failures.set(requests);
    }

    /** Takes none of the tokens any more that it gave away. */
    public void endTokens() {
        oldestToken = tokens.get() + 1;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                GcsObjects.send(exchange, 503, "busy".getBytes(StandardCharsets.UTF_8));
            } else if (exchange.getRequestURI().getPath().equals("/token")) {
                token(exchange, new String(body, StandardCharsets.UTF_8));
            } else if (isKnown(exchange)) {
                objects.answer(exchange, endpoint(), body);
            } else {
                GcsObjects.refuse(exchange, 401, "Invalid Credentials");
            }
        }
    }

    private boolean isKnown(HttpExchange exchange) {
        String given = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
        return given.matches("Bearer token-\\d+")
                && Integer.parseInt(given.substring("Bearer token-".length())) >= oldestToken;
    }

    private void token(HttpExchange exchange, String form) throws IOException {
        String assertion = URLDecoder.decode(form.replaceFirst(".*assertion=", ""), StandardCharsets.UTF_8);
        if (isSigned(assertion)) {
            String answer = "{\"access_token\": \"token-" + tokens.incrementAndGet() + "\", \"expires_in\": 3600}";
            GcsObjects.send(exchange, 200, answer.getBytes(StandardCharsets.UTF_8));
        } else {
            GcsObjects.send(exchange, 400, "{\"error\": \"invalid_grant\"}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean isSigned(String assertion) {
        int end = assertion.lastIndexOf('.');
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key.getPublic());
            signature.update(assertion.substring(0, end).getBytes(StandardCharsets.US_ASCII));
            String claims = new String(
                    Base64.getUrlDecoder().decode(assertion.substring(assertion.indexOf('.') + 1, end)),
                    StandardCharsets.UTF_8);
            return signature.verify(Base64.getUrlDecoder().decode(assertion.substring(end + 1)))
                    && ACCOUNT.equals(Json.readObject(claims).get("iss"));
        } catch (GeneralSecurityException failure) {
            return false;
        }
    }

    /** The text of a file of credentials for a key. */
    private String credentials(KeyPair signing) {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(signing.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return Json.write(Map.of(
                "type",
                "service_account",
                "client_email",
                ACCOUNT,
                "private_key",
                pem,
                "token_uri",
                endpoint() + "/token"));
    }

    /** How Sluice reaches it. */
    public GcsLogin login() {
        return new GcsLogin(credentials(key), null, endpoint());
    }

    @Override
    public StoreKind kind() {
        return StoreKind.GCS;
    }

    @Override
    public String newBucket() {
        String bucket = "bucket-" + buckets.incrementAndGet();
        objects.create(bucket);
        return bucket;
    }

    @Override
    public GcsStore store(String bucket) {
        return GcsStore.open(bucket, login());
    }

    @Override
    public Map<String, @Nullable Object> options(String path) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("path", path);
        options.put("gcs_credentials", credentials(key));
        options.put("gcs_endpoint", endpoint());
        return options;
    }

    @Override
    public String secretOption() {
        return "gcs_credentials";
    }

    @Override
    public String wrongSecret() {
        return credentials(Key.make());
    }

    @Override
    public String missingBucket() {
        return "no-such-bucket";
    }
}
