package dev.sluice.cli.command;

import dev.sluice.cli.project.ConnectionEntry;
import dev.sluice.cli.project.Project;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.RunShape;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.session.StateLocation;
import dev.sluice.cli.state.SqliteStateStore;
import dev.sluice.cli.state.StateFile;
import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.NamespaceRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Connections of a project file, or one between two addresses. */
final class Choice {
    /** The project file where none is named. */
    static final String USUAL_FILE = "sluice.yaml";

    private static final RunShape ANY_SHAPE =
            new RunShape(new NamespaceRule.Destination(), "", List.of(), ConnectionRules.USUAL);

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "Project file; default: sluice.yaml.")
    private @Nullable String file;

    @Parameters(index = "1", arity = "0..1", paramLabel = "CONNECTION", description = "One of its connections.")
    private @Nullable String connection;

    @Mixin
    private Ends ends = new Ends();

    /**
     * Where the state of a connection is.
     *
     * @param name the connection for people
     * @param location the place
     * @param arguments what a command line needs to mean it again
     */
    record Remembered(String name, StateLocation location, String arguments) {
        /**
         * Looks into the state without making any.
         *
         * @param looker gets the memory of the connection; it is empty if that never ran, and closed after the look
         */
        <T> T look(Session session, Function<Optional<SqliteStateStore>, T> looker) {
            try (StateFile file = StateFile.openExisting(
                            location.database(), session.host().clock())
                    .orElse(null)) {
                return looker.apply(file == null ? Optional.empty() : file.existing(location.key()));
            }
        }
    }

    /** The project file. */
    String file() {
        return file == null ? USUAL_FILE : file;
    }

    /** True if the connection is one between two addresses. */
    boolean hasAddresses() {
        return ends.isGiven();
    }

    /** The connections, with all that is needed to run them. */
    List<ConnectionWish> wishes(Session session, RunShape shape) {
        if (ends.isGiven()) {
            return List.of(ends.wish(session, shape));
        }
        Project project = project(session);
        return entries(project).stream()
                .map(entry -> session.wish(project, entry))
                .toList();
    }

    /** The connection, with all that is needed to run it; a file with several needs a name. */
    ConnectionWish wishOne(Session session, RunShape shape) {
        List<ConnectionWish> all = wishes(session, shape);
        if (all.size() > 1) {
            throw severalConnections(
                    all.stream().map(wish -> wish.connection().name()).toList());
        }
        return all.getFirst();
    }

    /** Where the state of the connections is; asks no connector of a project file. */
    List<Remembered> remembered(Session session) {
        if (ends.isGiven()) {
            ConnectionWish wish = ends.wish(session, ANY_SHAPE);
            return List.of(new Remembered(wish.connection().name(), wish.state(), wish.arguments()));
        }
        Project project = project(session);
        return entries(project).stream()
                .map(entry ->
                        new Remembered(entry.name(), session.state(project, entry), session.arguments(project, entry)))
                .toList();
    }

    /** Where the state of the connection is; a file with several needs a name. */
    Remembered rememberedOne(Session session) {
        List<Remembered> all = remembered(session);
        if (all.size() > 1) {
            throw severalConnections(all.stream().map(Remembered::name).toList());
        }
        return all.getFirst();
    }

    /** The chosen connections of the project file; there is none between addresses. */
    List<ConnectionEntry> entries(Session session, Project project) {
        return ends.isGiven() ? List.of() : entries(project);
    }

    private static RuntimeException severalConnections(List<String> names) {
        return CliCommand.usage(
                "the project file has several connections, so one has to be named",
                "name one of: " + String.join(", ", names));
    }

    private List<ConnectionEntry> entries(Project project) {
        return project.chosen(connection == null ? List.of() : List.of(connection));
    }

    /** The project. */
    Project project(Session session) {
        return session.project(file == null ? USUAL_FILE : file);
    }
}
