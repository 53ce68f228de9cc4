package dev.sluice.lowcode.imports;

import static dev.sluice.lowcode.imports.Draft.map;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which parts of a request are secrets, and the authenticators that put them there again. */
final class Secrets {
    private static final List<String> WORDS = List.of(
            "token", "secret", "apikey", "password", "passwd", "signature", "credential", "session", "auth", "jwt");

    private Secrets() {}

    /** True if what has this name must not be seen. */
    static boolean isSecret(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        boolean page = plain.startsWith("page") || plain.startsWith("next") || plain.equals("author");
        return !page
                && (plain.equals("key") || plain.equals("sig") || WORDS.stream().anyMatch(plain::contains));
    }

    /** The authenticator of a header {@code Authorization}. */
    static Map<String, Object> ofAuthorization(Draft draft, String value) {
        int blank = value.indexOf(' ');
        String scheme = blank < 0 ? "" : value.substring(0, blank);
        String rest = value.substring(blank + 1).strip();
        if (scheme.equalsIgnoreCase("Bearer")) {
            return bearer(draft, rest);
        }
        if (scheme.equalsIgnoreCase("Basic")) {
            Optional<String> pair = decoded(rest);
            if (pair.isPresent()) {
                return basic(draft, pair.get());
            }
        }
        String input = draft.input("api_key", "API key", true, rest);
        return header("Authorization", scheme.isEmpty() ? input : Draft.literal(scheme) + " " + input);
    }

    private static Optional<String> decoded(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            return pair.indexOf(':') >= 0 ? Optional.of(pair) : Optional.empty();
        } catch (IllegalArgumentException otherwise) {
            return Optional.empty();
        }
    }

    static Map<String, Object> bearer(Draft draft, @Nullable String found) {
        return map("type", "BearerAuthenticator", "api_token", draft.input("api_token", "API token", true, found));
    }

    /** The authenticator of a login, written as {@code name:password}. */
    static Map<String, Object> basic(Draft draft, @Nullable String pair) {
        int colon = pair == null ? -1 : pair.indexOf(':');
        String user = pair == null ? null : colon < 0 ? pair : pair.substring(0, colon);
        String password = pair == null ? null : colon < 0 ? "" : pair.substring(colon + 1);
        return map(
                "type",
                "BasicHttpAuthenticator",
                "username",
                draft.input("username", "User name", false, user),
                "password",
                draft.input("password", "Password", true, password));
    }

    /** The authenticator that sends a header. */
    static Map<String, Object> header(String name, String value) {
        return apiKey(name, "header", value);
    }

    /** The authenticator that adds a parameter to the address. */
    static Map<String, Object> parameter(String name, String value) {
        return apiKey(name, "request_parameter", value);
    }

    private static Map<String, Object> apiKey(String name, String place, String value) {
        return map(
                "type",
                "ApiKeyAuthenticator",
                "api_token",
                value,
                "inject_into",
                map("type", "RequestOption", "inject_into", place, "field_name", name));
    }
}
