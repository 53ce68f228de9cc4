package dev.sluice.connector.postgres;

import dev.sluice.cdk.config.ServerAddress;
import dev.sluice.spi.runtime.Config;
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
    private static final String EXAMPLE = "postgres://user:password@host:5432/database";

    private PostgresUri() {}

    /**
     * The configuration of an address.
     *
     * @param schemaOption the option that the parameter {@code schema} sets
     */
    static Optional<Config> config(String text, String schemaOption) {
        return ServerAddress.parse(text, EXAMPLE, "postgres", "postgresql").map(address -> {
            Map<String, @Nullable Object> config = new LinkedHashMap<>();
            String user = address.user() == null ? System.getProperty("user.name", "postgres") : address.user();
            config.put("host", address.host());
            config.put("port", address.port());
            config.put("username", user);
            config.put("password", address.password());
            config.put("database", address.database() == null ? user : address.database());
            address.parameters().forEach((name, value) -> addParameter(name, value, schemaOption, config));
            config.values().removeIf(value -> value == null);
            return Config.of(config);
        });
    }

    private static void addParameter(
            String name, String value, String schemaOption, Map<String, @Nullable Object> config) {
        switch (name) {
            case "sslmode" -> config.put("ssl_mode", Map.of("mode", value));
            case "schema" -> config.put(schemaOption, schemaOption.equals("schema") ? value : List.of(value));
            case "user" -> config.put("username", value);
            case "password" -> config.put("password", value);
            default ->
                throw ServerAddress.bad(
                        "the address has an unknown parameter " + name + "; known are sslmode and schema", EXAMPLE);
        }
    }
}
