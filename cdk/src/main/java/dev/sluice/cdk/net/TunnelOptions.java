package dev.sluice.cdk.net;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The options of a tunnel through an SSH server. Names are those of Airbyte. */
public final class TunnelOptions {
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

    /** How the server is reached through another machine. */
    public static final Option<Settings> TUNNEL = Option.oneGroup(
                    "tunnel_method", "SSH tunnel", "tunnel_method", tunnelMethods())
            .describedAs("Whether to reach the server through an SSH server.");

    private static final String NONE = "NO_TUNNEL";

    private TunnelOptions() {}

    /** The chosen method; empty if the server is reached without a tunnel. */
    public static Optional<Settings> method(Settings options) {
        return options.find(TUNNEL).filter(chosen -> !chosen.group().equals(NONE));
    }

    private static Map<String, ConfigSpec> tunnelMethods() {
        Map<String, ConfigSpec> methods = new LinkedHashMap<>();
        methods.put(NONE, ConfigSpec.of("No tunnel"));
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
