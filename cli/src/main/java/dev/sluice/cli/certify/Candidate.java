package dev.sluice.cli.certify;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A connector that is to be certified.
 *
 * @param name as it was typed
 * @param destination true if rows go to it
 * @param connector what a project file says behind {@code connector:}
 */
public record Candidate(String name, boolean destination, Object connector) {
    private static final String SOURCE = "source-";
    private static final String DESTINATION = "destination-";
    private static final List<String> ORIGINS = List.of("manifest", "docker", "pypi", "npm");

    /**
     * The connector of a name: one of the installation, {@code source-NAME} or {@code destination-NAME} where it is both, or {@code
     * manifest:FILE}, {@code command:PROGRAM ARGUMENTS}, {@code docker:IMAGE}, {@code pypi:PACKAGE==VERSION}, {@code npm:PACKAGE@VERSION}.
     *
     * @param destination true if the command line says that it is one
     */
    public static Candidate of(String name, boolean destination, ConnectorRegistry registry) {
        int colon = name.indexOf(':');
        String origin = colon < 0 ? "" : name.substring(0, colon);
        String rest = name.substring(colon + 1);
        if (origin.equals("command")) {
            return new Candidate(
                    name, destination, Map.of(origin, Arrays.asList(rest.strip().split("\\s+"))));
        }
        if (ORIGINS.contains(origin)) {
            return new Candidate(name, destination, Map.of(origin, rest));
        }
        if (name.startsWith(SOURCE)) {
            return new Candidate(name, false, name.substring(SOURCE.length()));
        }
        if (name.startsWith(DESTINATION)) {
            return new Candidate(name, true, name.substring(DESTINATION.length()));
        }
        boolean isSource =
                registry.sources().stream().anyMatch(each -> each.name().equals(name));
        boolean isDestination =
                registry.destinations().stream().anyMatch(each -> each.name().equals(name));
        if (isSource && isDestination && !destination) {
            throw Problem.of("E_USAGE", ProblemKind.CONFIG, name + " is a source and a destination")
                    .fix("write " + SOURCE + name + " or " + DESTINATION + name)
                    .exception();
        }
        return new Candidate(name, destination || !isSource, name);
    }

    /** Its kind in a word. */
    public String kind() {
        return destination ? "destination" : "source";
    }
}
