package dev.sluice.connector.postgres;

import dev.sluice.cdk.config.Query;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses such as {@code postgres://reader:secret@db.example:5432/shop?sslmode=require}, as libpq's documentation
 * spells them ("Connection URIs"). Only the parameters named here are known; nothing else reaches the driver.
 */
final class PostgresUri {
    /** Java's own class for addresses knows no host with an underscore, and takes a malformed port for a host. */
    private static final Pattern ADDRESS = Pattern.compile(
            "postgres(?:ql)?://(?:(?<user>[^/]*)@)?"
                + "(?<host>\\[[0-9A-Fa-f:.]+]|[^:/?#@]*)(?::(?<port>\\d{1,5}))?(?:/(?<database>[^?#]*))?(?:\\?(?<query>.*))?");

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
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches()) {
            throw bad("the address is malformed");
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        String host = parts.group("host");
        config.put("host", host.isEmpty() ? "localhost" : Query.decoded(host));
        if (parts.group("port") != null) {
            config.put("port", Long.parseLong(parts.group("port")));
        }
        addCredentials(parts.group("user"), config);
        String database = parts.group("database");
        config.put(
                "database", database == null || database.isEmpty() ? config.get("username") : Query.decoded(database));
        if (parts.group("query") != null) {
            for (String parameter : parts.group("query").split("&", -1)) {
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
        config.put("username", Query.decoded(colon < 0 ? userInfo : userInfo.substring(0, colon)));
        if (colon >= 0) {
            config.put("password", Query.decoded(userInfo.substring(colon + 1)));
        }
    }

    private static void addParameter(String parameter, String schemaOption, Map<String, @Nullable Object> config) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : Query.decoded(parameter.substring(equals + 1));
        switch (name) {
            case "" -> {}
            case "sslmode" -> config.put("ssl_mode", Map.of("mode", value));
            case "schema" -> config.put(schemaOption, schemaOption.equals("schema") ? value : List.of(value));
            case "user" -> config.put("username", value);
            case "password" -> config.put("password", value);
            default -> throw bad("the address has an unknown parameter " + name + "; known are sslmode and schema");
        }
    }

    private static ProblemException bad(String message) {
        // The address may hold a password, so it is not repeated.
        return Problem.of("E_BAD_ADDRESS", ProblemKind.CONFIG, message)
                .fix("write it as postgres://user:password@host:5432/database")
                .exception();
    }
}
