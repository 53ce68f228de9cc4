package dev.sluice.server.auth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.server.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A provider that says what a test wants it to say, also what no honest one would. */
public final class PlayedProvider implements AutoCloseable {
    /** What this server shows it. */
    public static final String SECRET = "a secret of the client, long enough for a signature";

    private static final RSAKey KEY = newKey("one");
    private static final RSAKey OTHER = newKey("one");

    private final HttpServer http;
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private final Map<String, Object> userInfo = new LinkedHashMap<>();
    private final Map<String, Object> description = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Signs signs = Signs.PROPERLY;
    private @Nullable String error;

    /** How it signs. */
    public enum Signs {
        /** As it should. */
        PROPERLY,
        /** With a key that it has not published. */
        WITH_ANOTHER_KEY,
        /** Not at all. */
        NOT,
        /** With what it shares with its client. */
        WITH_THE_SECRET
    }

    /** Begins to listen. */
    public PlayedProvider() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        http.createContext("/", this::answer);
        http.start();
        description.put("issuer", issuer());
        description.put("authorization_endpoint", issuer() + "/auth");
        description.put("token_endpoint", issuer() + "/token");
        description.put("userinfo_endpoint", issuer() + "/me");
        description.put("end_session_endpoint", issuer() + "/end");
        description.put("jwks_uri", issuer() + "/keys");
        description.put("response_types_supported", List.of("code"));
        description.put("subject_types_supported", List.of("public"));
        description.put("id_token_signing_alg_values_supported", List.of("RS256"));
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Its address. */
    public String issuer() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** From now on it says this of whoever comes, unless another claim is named. */
    public void says(String nonce, Map<String, Object> more) {
        claims.clear();
        claims.put("iss", issuer());
        claims.put("aud", "sluice");
        claims.put("nonce", nonce);
        claims.put("iat", Date.from(Instant.now()));
        claims.put("exp", Date.from(Instant.now().plusSeconds(60)));
        claims.putAll(more);
        claims.values().removeIf("none"::equals);
    }

    /** What it says to who shows a token. */
    public void saysElsewhere(Map<String, Object> more) {
        userInfo.putAll(more);
    }

    /** How it signs from now on. */
    public void signs(Signs how) {
        signs = how;
    }

    /** From now on it takes no code. */
    public void refuses(String why) {
        error = why;
    }

    /** It describes itself in another way. */
    public void describes(String name, Object value) {
        description.put(name, value);
    }

    /** What it was asked for, with the content. */
    public List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(path + " " + Objects.toString(exchange.getRequestHeaders().getFirst("Authorization"), "") + " "
                + content);
        String text = switch (path) {
            case "/.well-known/openid-configuration" -> JsonText.write(description);
            case "/keys" -> new JWKSet(KEY).toString();
            case "/me" -> JsonText.write(userInfo);
            case "/token" ->
                error == null
                        ? JsonText.write(Map.of(
                                "access_token", "t", "token_type", "Bearer", "expires_in", 60, "id_token", token()))
                        : JsonText.write(Map.of("error", error));
            default -> "{}";
        };
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        boolean isRefused = (path.equals("/token") && error != null) || (path.equals("/me") && userInfo.isEmpty());
        exchange.sendResponseHeaders(isRefused ? 400 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String token() {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
        claims.forEach(set::claim);
        try {
            return switch (signs) {
                case PROPERLY -> signed(set.build(), KEY);
                case WITH_ANOTHER_KEY -> signed(set.build(), OTHER);
                case NOT -> new PlainJWT(set.build()).serialize();
                case WITH_THE_SECRET -> {
                    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), set.build());
                    token.sign(new MACSigner(SECRET));
                    yield token.serialize();
                }
            };
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String signed(JWTClaimsSet claims, RSAKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
