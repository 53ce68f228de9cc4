package dev.sluice.cli.command;

import dev.sluice.cli.registry.Registry;
import dev.sluice.cli.registry.RegistryPlace;
import dev.sluice.cli.session.Session;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which registry of connectors is meant. None is asked that nobody names. */
final class RegistryChoice {
    private static final String VARIABLE = "SLUICE_REGISTRY";

    @Option(
            names = "--registry",
            paramLabel = "PLACE",
            description = "The index of a registry: a file, a folder with it, or an https address; default: what"
                    + " SLUICE_REGISTRY says.")
    private @Nullable String place;

    /** True if somebody names one. */
    boolean isNamed() {
        return place != null;
    }

    Registry registry(Session session, Consumer<String> warn) {
        String named = place == null ? session.variables().get(VARIABLE) : place;
        if (named == null) {
            throw CliCommand.usage("no registry is named", "write --registry PLACE, or set " + VARIABLE);
        }
        String home = session.variables().getOrDefault("SLUICE_HOME", System.getProperty("user.home") + "/.sluice");
        return new RegistryPlace(
                        session.host().directory(),
                        Path.of(home, "registry"),
                        session.host().clock(),
                        warn)
                .read(named);
    }
}
