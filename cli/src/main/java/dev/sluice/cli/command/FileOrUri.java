package dev.sluice.cli.command;

import dev.sluice.cli.project.Project;
import dev.sluice.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A project file or an address. */
final class FileOrUri {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE|URI",
            description = "Project file (default: sluice.yaml), or an address.")
    private @Nullable String place;

    /** The address, if it is none of a project file. */
    @Nullable
    String uri() {
        return place == null || place.endsWith(".yaml") || place.endsWith(".yml") ? null : place;
    }

    Project project(Session session) {
        return session.project(place == null ? Choice.USUAL_FILE : place);
    }
}
