package dev.sluice.cli.session;

import dev.sluice.cli.output.Console;
import dev.sluice.cli.output.Json;
import dev.sluice.cli.output.Reporter;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.project.ConnectionEntry;
import dev.sluice.cli.project.EndpointEntry;
import dev.sluice.cli.project.Project;
import dev.sluice.cli.project.References;
import dev.sluice.cli.project.RejectShelf;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Redactor;
import dev.sluice.cli.text.Style;
import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one command works with, from its first line to its last. One thread uses it. */
public final class Session implements AutoCloseable {
    private final Host host;
    private final Preferences preferences;
    private final Redactor redactor = new Redactor();
    private final Reporter reporter;
    private @Nullable ConnectorRegistry registry;
    private @Nullable Map<String, String> variables;

    /**
     * A session of a command.
     *
     * @param command its name, as in {@code state show}
     */
    public Session(Host host, Preferences preferences, String command) {
        this.host = host;
        this.preferences = preferences;
        Console console = new Console(
                host.streams().out(),
                host.streams().err(),
                host.terminal(),
                preferences.verbosity(),
                preferences.colour(),
                redactor);
        reporter = new Reporter(console, preferences.format(), command);
    }

    /** What is around the program. */
    public Host host() {
        return host;
    }

    /** What the user prefers. */
    public Preferences preferences() {
        return preferences;
    }

    /** Where the report goes. */
    public Reporter reporter() {
        return reporter;
    }

    /** Where everything goes. */
    public Console console() {
        return reporter.console();
    }

    /** The connectors; the first call finds them. */
    public ConnectorRegistry connectors() {
        ConnectorRegistry known = registry;
        if (known == null) {
            known = host.connectors().get();
            registry = known;
        }
        return known;
    }

    /** Reads a project file. */
    public Project project(String file) {
        return Project.read(host.directory().resolve(file), file);
    }

    /** The source connector that a manifest defines. */
    public SourceConnector manifest(String place) {
        return ManifestFile.connector(place, host.directory(), reporter::warn);
    }

    /** A source of a project, ready to be opened. */
    public Side<SourceConnector> source(Project project, EndpointEntry entry) {
        return kept(project, "source", sides().source(entry, references(project), project.directory()));
    }

    /** A destination of a project, ready to be opened. */
    public Side<DestinationConnector> destination(Project project, EndpointEntry entry) {
        return kept(project, "destination", sides().destination(entry, references(project), project.directory()));
    }

    /** What connectors make of their own configuration lies beside the state of the project. */
    private <C extends Connector> Side<C> kept(Project project, String role, Side<C> side) {
        String name = role + "-" + URLEncoder.encode(side.endpoint().name(), StandardCharsets.UTF_8);
        Path file = StateLocation.folder(project.directory(), preferences.stateDirectory())
                .resolve(project.baseName() + "." + name + ".config.json");
        Side<C> kept = side.keptIn(file);
        Sides.learn(kept.connector(), kept.endpoint().config(), redactor);
        return kept;
    }

    /** The source that an address means, ready to be opened. */
    public Side<SourceConnector> sourceAt(String uri) {
        return sides().sourceAt(uri, host.directory());
    }

    /** The destination that an address means, ready to be opened. */
    public Side<DestinationConnector> destinationAt(String uri) {
        return sides().destinationAt(uri, host.directory());
    }

    /** A connection of a project. */
    public ConnectionWish wish(Project project, ConnectionEntry entry) {
        Side<SourceConnector> from = source(project, entry.source());
        Side<DestinationConnector> to = destination(project, entry.destination());
        Connection connection = new Connection(
                entry.name(),
                from.endpoint(),
                to.endpoint(),
                entry.naming().namespace(),
                entry.naming().prefix(),
                streams(project, entry),
                entry.rules());
        return new ConnectionWish(
                connection,
                from,
                to,
                rejects(project, entry.rejects()),
                state(project, entry),
                arguments(project, entry),
                entry.automation().notes());
    }

    private @Nullable RejectPlace rejects(Project project, @Nullable RejectShelf shelf) {
        return shelf == null ? null : new RejectPlace(destination(project, shelf.destination()), shelf.format());
    }

    /** Where the state of the runs is kept that bring the rejected records of a project somewhere. */
    public StateLocation rejectState(Project project, String to) {
        return StateLocation.of(
                project.directory(), preferences.stateDirectory(), project.baseName(), "rejects-" + digest(to));
    }

    /** The streams of a connection of a project, with all that is needed to read them. */
    public List<StreamSettings> streams(Project project, ConnectionEntry entry) {
        return entry.streams(references(project));
    }

    /** What a command line needs to mean a connection of a project. */
    public String arguments(Project project, ConnectionEntry entry) {
        return quoted(project.label()) + (project.connections().size() > 1 ? " " + quoted(entry.name()) : "");
    }

    /** Where the state of a connection of a project is kept. */
    public StateLocation state(Project project, ConnectionEntry entry) {
        return StateLocation.of(project.directory(), preferences.stateDirectory(), project.baseName(), entry.name());
    }

    /** A connection between two addresses. Its state belongs to the pair of systems, whatever their passwords are. */
    public ConnectionWish wish(String fromUri, String toUri, RunShape shape) {
        Side<SourceConnector> from = sourceAt(fromUri);
        Side<DestinationConnector> to = destinationAt(toUri);
        String key = digest(Json.line(List.of(
                from.endpoint().connector(), from.identity(), to.endpoint().connector(), to.identity())));
        Connection connection = new Connection(
                from.words() + " to " + to.words(),
                from.endpoint(),
                to.endpoint(),
                shape.namespace(),
                shape.prefix(),
                shape.streams(),
                shape.rules());
        StateLocation state = StateLocation.of(host.directory(), preferences.stateDirectory(), "run", key);
        String arguments = "--from " + quoted(from.words()) + " --to " + quoted(to.words());
        return new ConnectionWish(connection, from, to, null, state, arguments, List.of());
    }

    /** Opens a source. */
    public Source open(Side<SourceConnector> side, StopSignal stop) {
        return placed(side, () -> side.connector().open(side.endpoint().config(), context(side, stop)));
    }

    /** Opens a destination. */
    public Destination openDestination(Side<DestinationConnector> side, StopSignal stop) {
        return placed(side, () -> side.connector().open(side.endpoint().config(), context(side, stop)));
    }

    /** An address without the password in it. */
    public static String withoutPassword(String uri) {
        return Sides.withoutPassword(uri);
    }

    /** Learns the password in an address that may never be understood, so that no message shows it. */
    public void learnPassword(String uri) {
        Sides.learnPassword(uri, redactor);
    }

    /** Shows a stack trace to those who asked for everything. */
    public void trace(@Nullable Throwable failure) {
        if (failure != null && console().verbosity().includes(Verbosity.DEBUG)) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text, true));
            text.toString()
                    .lines()
                    .forEach(line ->
                            console().message(Verbosity.DEBUG, Line.of(Style.DIM, line.replace("\t", "    "))));
        }
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }

    private static <T> T placed(Side<?> side, Supplier<T> open) {
        try {
            return open.get();
        } catch (ProblemException failure) {
            throw side.placed(failure);
        }
    }

    private ConnectorContext context(Side<?> side, StopSignal stop) {
        KeptConfig kept = side.kept();
        return new RunLog(
                side.endpoint().name(),
                reporter,
                host.clock(),
                stop,
                kept == null
                        ? null
                        : changed -> {
                            Sides.learn(side.connector(), changed, redactor);
                            kept.keep(changed);
                        },
                kept == null ? null : kept.memory());
    }

    private Sides sides() {
        return new Sides(connectors(), redactor, reporter::warn);
    }

    private References references(Project project) {
        return new References(variables(), project.directory(), redactor::add);
    }

    /** The variables of the environment, and of the file that the user names for more. */
    public Map<String, String> variables() {
        Map<String, String> known = variables;
        if (known == null) {
            Path file = preferences.environmentFile();
            known = file == null
                    ? host.environment()
                    : EnvironmentFile.merged(host.directory().resolve(file), host.environment());
            variables = known;
        }
        return known;
    }

    /** An argument as a shell takes it for one. */
    public static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_@%+=:,./-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
