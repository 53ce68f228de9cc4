package dev.sluice.connector.postgres;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses such as {@code postgres://reader:secret@db.example:5432/shop?sslmode=require}, as libpq's documentation
 * spells them ("Connection URIs"). Only the parameters named here are known; nothing else reaches the driver.
 */
final class PostgresUri {
    private PostgresUri() {}

    /**
     * The configuration of an address.
     *
     * @param schemaOption the option that the parameter {@code schema} sets
     */
    static Optional<Config> config(String text, String schemaOption) {
        if (!text.startsWith("postgres://") && !text.startsWith("postgresql://")) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            throw bad("the address is malformed: " + malformed.getReason());
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("host", uri.getHost() == null ? "localhost" : uri.getHost());
        if (uri.getPort() >= 0) {
            config.put("port", (long) uri.getPort());
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        addCredentials(uri.getRawUserInfo(), config);
        if (path.length() > 1) {
            config.put("database", decode(path.substring(1)));
        } else {
            config.put("database", config.get("username"));
        }
        if (uri.getRawQuery() != null) {
            for (String parameter : uri.getRawQuery().split("&", -1)) {
                addParameter(parameter, schemaOption, config);
            }
        }
        return Optional.of(Config.of(config));
    }

    private static void addCredentials(@Nullable String userInfo, Map<String, @Nullable Object> config) {
        if (userInfo == null) {
            config.put("username", System.getProperty("user.name", "postgres"));
            return;
        }
        int colon = userInfo.indexOf(':');
        config.put("username", decode(colon < 0 ? userInfo : userInfo.substring(0, colon)));
        if (colon >= 0) {
            config.put("password", decode(userInfo.substring(colon + 1)));
        }
    }

    private static void addParameter(String parameter, String schemaOption, Map<String, @Nullable Object> config) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : decode(parameter.substring(equals + 1));
        switch (name) {
            case "" -> {}
            case "sslmode" -> config.put("ssl_mode", Map.of("mode", value));
            case "schema" -> config.put(schemaOption, schemaOption.equals("schema") ? value : List.of(value));
            case "user" -> config.put("username", value);
            case "password" -> config.put("password", value);
            default -> throw bad("the address has an unknown parameter " + name + "; known are sslmode and schema");
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw bad("the address has a malformed percent sign");
        }
    }

    private static ProblemException bad(String message) {
        // The address may hold a password, so it is not repeated.
        return Problem.of("E_BAD_ADDRESS", ProblemKind.CONFIG, message)
                .fix("write it as postgres://user:password@host:5432/database")
                .exception();
    }
}
