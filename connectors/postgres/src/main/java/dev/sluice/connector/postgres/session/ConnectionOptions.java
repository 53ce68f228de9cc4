package dev.sluice.connector.postgres.session;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options by which one reaches a server; source and destination share them. Names are those of Airbyte. */
public final class ConnectionOptions {
    /** The host. */
    public static final Option<String> HOST = Option.text("host", "Host")
            .describedAs("Name or address of the server.")
            .required()
            .examples("db.example.com");

    /** The port. */
    public static final Option<Long> PORT =
            Option.whole("port", "Port", 1, 65_535).defaultsTo(5432L);

    /** The database. */
    public static final Option<String> DATABASE = Option.text("database", "Database")
            .describedAs("Name of the database.")
            .required();

    /** The user. */
    public static final Option<String> USERNAME =
            Option.text("username", "User").describedAs("Role to log in as.").required();

    /** The password. */
    public static final Option<String> PASSWORD = Option.secret("password", "Password");

    static final Option<String> CA_CERTIFICATE = Option.secretLines("ca_certificate", "CA certificate")
            .describedAs("Certificates that are trusted, as PEM. Without them, those that Java trusts.");
    static final Option<String> CLIENT_CERTIFICATE = Option.secretLines("client_certificate", "Client certificate")
            .describedAs("Certificate by which the client proves itself, as PEM.");
    static final Option<String> CLIENT_KEY = Option.secretLines("client_key", "Client key")
            .describedAs("Private key of the client certificate, PKCS #8 as PEM, without a passphrase.");

    static final Option<String> TUNNEL_HOST =
            Option.text("tunnel_host", "SSH host").required();
    static final Option<Long> TUNNEL_PORT =
            Option.whole("tunnel_port", "SSH port", 1, 65_535).defaultsTo(22L);
    static final Option<String> TUNNEL_USER =
            Option.text("tunnel_user", "SSH user").required();
    static final Option<String> SSH_KEY = Option.secretLines("ssh_key", "SSH private key")
            .describedAs("Private key in OpenSSH or PEM form.")
            .required();
    static final Option<String> TUNNEL_PASSWORD =
            Option.secret("tunnel_user_password", "SSH password").required();
    static final Option<String> HOST_KEY_FINGERPRINT = Option.text("tunnel_host_key", "SSH host key")
            .describedAs("SHA-256 fingerprint of the SSH server's key. Without it any key is accepted and logged.")
            .examples("SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");

    /** How TLS is used. */
    public static final Option<Settings> SSL_MODE = Option.oneGroup("ssl_mode", "TLS", "mode", tlsModes())
            .describedAs("Whether the connection is encrypted and whose certificate is accepted. "
                    + "Without this option TLS is used if the server offers it.");

    /** How the server is reached through another machine. */
    public static final Option<Settings> TUNNEL = Option.oneGroup(
                    "tunnel_method", "SSH tunnel", "tunnel_method", tunnelMethods())
            .describedAs("Whether to reach the server through an SSH server.");

    private ConnectionOptions() {}

    private static Map<String, ConfigSpec> tlsModes() {
        Map<String, ConfigSpec> modes = new LinkedHashMap<>();
        modes.put("disable", ConfigSpec.of("Never"));
        modes.put("allow", ConfigSpec.of("Only if the server demands it"));
        modes.put("prefer", ConfigSpec.of("If the server offers it"));
        modes.put("require", ConfigSpec.of("Always, any certificate", CLIENT_CERTIFICATE, CLIENT_KEY));
        modes.put(
                "verify-ca",
                ConfigSpec.of("Always, trusted certificate", CA_CERTIFICATE, CLIENT_CERTIFICATE, CLIENT_KEY));
        modes.put(
                "verify-full",
                ConfigSpec.of(
                        "Always, trusted certificate of this host", CA_CERTIFICATE, CLIENT_CERTIFICATE, CLIENT_KEY));
        return modes;
    }

    private static Map<String, ConfigSpec> tunnelMethods() {
        Map<String, ConfigSpec> methods = new LinkedHashMap<>();
        methods.put("NO_TUNNEL", ConfigSpec.of("No tunnel"));
        methods.put(
                "SSH_KEY_AUTH",
                ConfigSpec.of(
                        "With a private key", TUNNEL_HOST, TUNNEL_PORT, TUNNEL_USER, SSH_KEY, HOST_KEY_FINGERPRINT));
        methods.put(
                "SSH_PASSWORD_AUTH",
                ConfigSpec.of(
                        "With a password",
                        TUNNEL_HOST,
                        TUNNEL_PORT,
                        TUNNEL_USER,
                        TUNNEL_PASSWORD,
                        HOST_KEY_FINGERPRINT));
        return methods;
    }
}
