package dev.sluice.connector.postgres.session;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.net.ServerOptions;
import dev.sluice.cdk.net.TlsOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options by which one reaches a server; source and destination share them. Names are those of Airbyte. */
public final class ConnectionOptions {
    /** The host. */
    public static final Option<String> HOST = ServerOptions.HOST;

    /** The port. */
    public static final Option<Long> PORT = ServerOptions.port(5432L);

    /** The database. */
    public static final Option<String> DATABASE = Option.text("database", "Database")
            .describedAs("Name of the database.")
            .required();

    /** The user. */
    public static final Option<String> USERNAME =
            Option.text("username", "User").describedAs("Role to log in as.").required();

    /** The password. */
    public static final Option<String> PASSWORD = Option.secret("password", "Password");

    /** How TLS is used. */
    public static final Option<Settings> SSL_MODE = Option.oneGroup("ssl_mode", "TLS", "mode", tlsModes())
            .describedAs("Whether the connection is encrypted and whose certificate is accepted. "
                    + "Without this option TLS is used if the server offers it.");

    private ConnectionOptions() {}

    private static Map<String, ConfigSpec> tlsModes() {
        Map<String, ConfigSpec> modes = new LinkedHashMap<>();
        modes.put("disable", ConfigSpec.of("Never"));
        modes.put("allow", ConfigSpec.of("Only if the server demands it"));
        modes.put("prefer", ConfigSpec.of("If the server offers it"));
        modes.put(
                "require",
                ConfigSpec.of("Always, any certificate", TlsOptions.CLIENT_CERTIFICATE, TlsOptions.CLIENT_KEY));
        modes.put(
                "verify-ca",
                ConfigSpec.of(
                        "Always, trusted certificate",
                        TlsOptions.CA_CERTIFICATE,
                        TlsOptions.CLIENT_CERTIFICATE,
                        TlsOptions.CLIENT_KEY));
        modes.put(
                "verify-full",
                ConfigSpec.of(
                        "Always, trusted certificate of this host",
                        TlsOptions.CA_CERTIFICATE,
                        TlsOptions.CLIENT_CERTIFICATE,
                        TlsOptions.CLIENT_KEY));
        return modes;
    }
}
