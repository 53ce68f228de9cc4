package dev.sluice.connector.mysql.session;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.net.ServerOptions;
import dev.sluice.cdk.net.TlsOptions;
import dev.sluice.cdk.net.TunnelOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options by which one reaches a server; source and destination share them. Names are those of Airbyte. */
public final class ConnectionOptions {
    /** The host. */
    public static final Option<String> HOST = ServerOptions.HOST;

    /** The port. */
    public static final Option<Long> PORT = ServerOptions.port(3306L);

    /** The user. */
    public static final Option<String> USERNAME =
            Option.text("username", "User").describedAs("Account to log in as.").required();

    /** The password. */
    public static final Option<String> PASSWORD = Option.secret("password", "Password");

    /** How TLS is used. */
    public static final Option<Settings> SSL_MODE = Option.oneGroup("ssl_mode", "TLS", "mode", tlsModes())
            .describedAs("Whether the connection is encrypted and whose certificate is accepted. "
                    + "Without this option TLS is used if the server offers it.");

    /** Properties for the driver. */
    public static final Option<Map<String, String>> DRIVER_PROPERTIES = Option.namedTexts(
                    "driver_properties", "Driver properties")
            .describedAs("Properties of MariaDB Connector/J, only these: " + String.join(", ", DriverProperties.ALLOWED)
                    + ".");

    static final String DISABLED = "disabled";
    static final String VERIFY_CA = "verify_ca";
    static final String VERIFY_IDENTITY = "verify_identity";

    private ConnectionOptions() {}

    /** The options of a connector: how the server is reached, and its own ones. */
    public static ConfigSpec spec(String title, Option<?> database, Option<?>... own) {
        List<Option<?>> options = new ArrayList<>(
                List.of(HOST, PORT, database, USERNAME, PASSWORD, SSL_MODE, TunnelOptions.TUNNEL, DRIVER_PROPERTIES));
        options.addAll(List.of(own));
        return ConfigSpec.of(title, options.toArray(new Option<?>[0]));
    }

    private static Map<String, ConfigSpec> tlsModes() {
        Map<String, ConfigSpec> modes = new LinkedHashMap<>();
        modes.put(DISABLED, ConfigSpec.of("Never"));
        modes.put("preferred", ConfigSpec.of("If the server offers it"));
        modes.put(
                "required",
                ConfigSpec.of("Always, any certificate", TlsOptions.CLIENT_CERTIFICATE, TlsOptions.CLIENT_KEY));
        modes.put(VERIFY_CA, verifying("Always, trusted certificate"));
        modes.put(VERIFY_IDENTITY, verifying("Always, trusted certificate of this host"));
        return modes;
    }

    private static ConfigSpec verifying(String title) {
        return ConfigSpec.of(title, TlsOptions.CA_CERTIFICATE, TlsOptions.CLIENT_CERTIFICATE, TlsOptions.CLIENT_KEY);
    }
}
