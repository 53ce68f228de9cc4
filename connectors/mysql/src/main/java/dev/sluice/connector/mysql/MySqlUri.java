package dev.sluice.connector.mysql;

import dev.sluice.cdk.config.ServerAddress;
import dev.sluice.spi.runtime.Config;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses such as {@code mysql://reader:secret@db.example:3306/shop?ssl_mode=required}; {@code mariadb://} means
 * the same. Only the parameter named here is known; nothing else reaches the driver.
 */
final class MySqlUri {
    private static final String EXAMPLE = "mysql://user:password@host:3306/database";

    private MySqlUri() {}

    /** The configuration of an address. */
    static Optional<Config> config(String text) {
        return ServerAddress.parse(text, EXAMPLE, "mysql", "mariadb").map(MySqlUri::config);
    }

    private static Config config(ServerAddress address) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("host", address.host());
        config.put("port", address.port());
        config.put("username", address.user() == null ? System.getProperty("user.name", "root") : address.user());
        config.put("password", address.password());
        config.put("database", address.database());
        address.parameters().forEach((name, value) -> {
            if (!name.equals("ssl_mode") && !name.equals("ssl-mode")) {
                throw ServerAddress.bad(
                        "the address has an unknown parameter " + name + "; known is ssl_mode", EXAMPLE);
            }
            config.put("ssl_mode", Map.of("mode", value.toLowerCase(Locale.ROOT)));
        });
        config.values().removeIf(value -> value == null);
        return Config.of(config);
    }
}
