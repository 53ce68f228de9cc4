package dev.sluice.connector.file.store.gcs;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.file.store.StoreProblems;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The token that shows who asks, renewed before it ends. */
final class GcsToken {
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";
    private static final String GOOGLES = "https://oauth2.googleapis.com/token";
    private static final String METADATA =
            "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token";
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final GcsHttp http;
    private final @Nullable GcsCredentials credentials;
    private final boolean onGoogle;
    private final ReentrantLock guard = new ReentrantLock();
    private @Nullable String token;
    private Instant ends = Instant.EPOCH;
    private boolean anonymous;

    /**
     * Makes a token.
     *
     * @param credentials what it is made of; null for what the machine is allowed to do, or else nobody
     * @param onGoogle true if the machine may be one of Google's
     */
    GcsToken(GcsHttp http, @Nullable GcsCredentials credentials, boolean onGoogle) {
        this.http = http;
        this.credentials = credentials;
        this.onGoogle = onGoogle;
    }

    /** The value of the header; empty if nobody asks. */
    Optional<String> authorization(String where) {
        guard.lock();
        try {
            if (!anonymous && Instant.now().isAfter(ends.minus(EARLY))) {
                renew(where);
            }
            return Optional.ofNullable(token).map(text -> "Bearer " + text);
        } finally {
            guard.unlock();
        }
    }

    /** Forgets the token, since it was refused. */
    void forget() {
        guard.lock();
        try {
            ends = Instant.EPOCH;
        } finally {
            guard.unlock();
        }
    }

    private void renew(String where) {
        GcsCredentials given = credentials;
        if (given == null) {
            renewFromMachine();
            return;
        }
        HttpResponse<byte[]> response;
        try {
            response = http.ask(() -> exchange(given));
        } catch (IOException failure) {
            throw StoreProblems.unreachable(address(given).toString(), failure.getMessage())
                    .exception(failure);
        }
        if (response.statusCode() != 200) {
            String error = String.valueOf(read(response).get("error"));
            throw StoreProblems.denied(where, "the credentials are refused: " + error)
                    .exception();
        }
        keep(response);
    }

    private void renewFromMachine() {
        anonymous = true;
        if (onGoogle) {
            try {
                HttpResponse<byte[]> response = http.once(HttpRequest.newBuilder(URI.create(METADATA))
                        .header("Metadata-Flavor", "Google")
                        .timeout(Duration.ofSeconds(2))
                        .build());
                if (response.statusCode() == 200) {
                    keep(response);
                    anonymous = false;
                }
            } catch (IOException notOnGoogle) {
                // What is open to everybody can still be read.
            }
        }
    }

    private void keep(HttpResponse<byte[]> response) {
        Map<String, @Nullable Object> answer = read(response);
        token = String.valueOf(answer.get("access_token"));
        long seconds = answer.get("expires_in") instanceof Number number ? number.longValue() : 600;
        ends = Instant.now().plusSeconds(Math.max(seconds, EARLY.toSeconds() + 60));
    }

    private static Map<String, @Nullable Object> read(HttpResponse<byte[]> response) {
        try {
            return Json.readObject(new String(response.body(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noJson) {
            return Map.of();
        }
    }

    /** Secrets are sent over TLS, or stay on this machine. */
    private static URI address(GcsCredentials credentials) {
        try {
            URI uri = URI.create(credentials.optional("token_uri").orElse(GOOGLES));
            boolean here = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
            if ("https".equals(uri.getScheme()) || here) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // falls through
        }
        throw GcsCredentials.wrong("gcs_credentials", "the token_uri of the credentials is no address with https");
    }

    private static HttpRequest exchange(GcsCredentials credentials) {
        URI address = address(credentials);
        Map<String, String> form = new LinkedHashMap<>();
        if (credentials.kind().equals(GcsCredentials.SERVICE_ACCOUNT)) {
            form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
            form.put("assertion", assertion(credentials, address));
        } else {
            form.put("grant_type", "refresh_token");
            for (String field : new String[] {"client_id", "client_secret", "refresh_token"}) {
                form.put(field, credentials.text(field));
            }
        }
        String body = form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String assertion(GcsCredentials credentials, URI address) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = Map.of(
                "iss",
                credentials.text("client_email"),
                "scope",
                SCOPE,
                "aud",
                address.toString(),
                "iat",
                now,
                "exp",
                now + 3600);
        String signed = coded(Json.write(Map.of("alg", "RS256", "typ", "JWT"))) + "." + coded(Json.write(claims));
        String pem = credentials.text("private_key").replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))));
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + coded(signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            // The cause is left out: it may repeat a secret.
            throw GcsCredentials.wrong("gcs_credentials", "the private_key of the credentials is not valid");
        }
    }

    private static String coded(String text) {
        return coded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String coded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
