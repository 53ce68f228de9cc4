package dev.sluice.server.telemetry.lineage;

import dev.sluice.server.net.EgressGuard;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is told, by the variables that clients of OpenLineage know.
 *
 * @param receiver where events are sent to
 * @param key what is shown there; null for nothing
 * @param namespace what the jobs of this server are called together
 */
public record LineageSettings(URI receiver, @Nullable String key, String namespace) {
    /** The variable that tells whether there is somebody to be told. */
    public static final String URL = "OPENLINEAGE_URL";

    /** Those of an environment; empty if nobody is to be told. */
    public static Optional<LineageSettings> of(Map<String, String> environment) {
        String url = environment.get(URL);
        if (url == null || url.isBlank() || "true".equalsIgnoreCase(environment.get("OPENLINEAGE_DISABLED"))) {
            return Optional.empty();
        }
        String endpoint = Objects.requireNonNullElse(environment.get("OPENLINEAGE_ENDPOINT"), "api/v1/lineage");
        String address = url.strip().replaceAll("/+$", "") + "/" + endpoint.replaceAll("^/+", "");
        return Optional.of(new LineageSettings(
                EgressGuard.parse(address),
                environment.get("OPENLINEAGE_API_KEY"),
                Objects.requireNonNullElse(environment.get("OPENLINEAGE_NAMESPACE"), "sluice")));
    }

    @Override
    public String toString() {
        return "lineage to " + receiver.getHost();
    }
}
