package dev.sluice.connector.mysql.session;

import dev.sluice.cdk.config.Settings;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.List;
import java.util.Map;

/**
 * The properties that a user may hand to the driver. Anything else could load classes, read files or run statements, so
 * nothing but these passes.
 */
final class DriverProperties {
    static final List<String> ALLOWED = List.of(
            "allowPublicKeyRetrieval",
            "connectTimeout",
            "enabledSslCipherSuites",
            "enabledSslProtocolSuites",
            "localSocketAddress",
            "restrictedAuth",
            "serverRsaPublicKeyFile",
            "socketTimeout",
            "tcpKeepCount",
            "tcpKeepIdle",
            "tcpKeepInterval");

    private DriverProperties() {}

    /** The properties that were given. */
    static Map<String, String> of(Settings options) {
        Map<String, String> given =
                options.find(ConnectionOptions.DRIVER_PROPERTIES).orElse(Map.of());
        for (String name : given.keySet()) {
            if (!ALLOWED.contains(name)) {
                throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the driver property " + name + " is not allowed")
                        .at("driver_properties." + name)
                        .because("allowed are " + String.join(", ", ALLOWED))
                        .fix(NearNames.nearest(name, ALLOWED)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("leave it out"))
                        .exception();
            }
        }
        return given;
    }
}
