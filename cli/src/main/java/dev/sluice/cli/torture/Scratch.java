package dev.sluice.cli.torture;

import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.session.StateLocation;
import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.plan.PlannedReads;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.ReadBack;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A namespace at the destination of a connection that holds nothing but trials. */
public final class Scratch {
    private static final String PREFIX = "sluice_torture_";

    private final Session session;
    private final ConnectionWish wish;
    private final String namespace;

    private Scratch(Session session, ConnectionWish wish, String namespace) {
        this.session = session;
        this.wish = wish;
        this.namespace = namespace;
    }

    /** A new one, which is not made before something is written into it. */
    public static Scratch create(Session session, ConnectionWish wish) {
        return new Scratch(session, wish, PREFIX + Long.toString(new SecureRandom().nextLong(1L << 40), 36));
    }

    /**
     * One that was made before.
     *
     * @throws ProblemException if this cannot be the name of one
     */
    public static Scratch of(Session session, ConnectionWish wish, String namespace) {
        if (!namespace.matches(PREFIX + "[a-z0-9]{1,20}")) {
            throw Problem.of("E_USAGE", ProblemKind.CONFIG, namespace + " is no namespace of `sluice torture`")
                    .fix("their names begin with " + PREFIX)
                    .exception();
        }
        return new Scratch(session, wish, namespace);
    }

    /** Its name. */
    public String namespace() {
        return namespace;
    }

    /** The name of the connection that it is for. */
    public String connection() {
        return wish.connection().name();
    }

    /** The destination that it lies in, for people. */
    public String destination() {
        return wish.to().words();
    }

    /** What a command line needs to mean the connection. */
    public String arguments() {
        return wish.arguments();
    }

    /**
     * The connection that copies one stream in one mode into it.
     *
     * @param state the folder for the state
     */
    public ConnectionWish wish(StreamId stream, StreamMode mode, Path state) {
        StateLocation location = new StateLocation(state.resolve("state.db"), state.resolve("state.lock"), "torture");
        return new ConnectionWish(
                connection(stream, mode), wish.from(), wish.to(), null, location, wish.arguments(), List.of());
    }

    /** What copies one stream in one mode into it. */
    Connection connection(StreamId stream, StreamMode mode) {
        Connection own = wish.connection();
        StreamSettings settings = PlannedReads.owner(own.streams(), stream)
                .orElseThrow(() -> Problem.of(
                                "E_STREAM_NOT_FOUND", ProblemKind.CONFIG, own.name() + " copies no stream " + stream)
                        .exception());
        StreamSettings one = new StreamSettings(
                stream.toString(),
                mode,
                settings.cursor(),
                settings.primaryKey(),
                settings.fields(),
                settings.alias(),
                settings.rows());
        return new Connection(
                own.name() + " (torture)",
                own.source(),
                own.destination(),
                new NamespaceRule.Custom(namespace),
                own.prefix(),
                List.of(one),
                own.rules());
    }

    /** Where a target in it lands. */
    public Landing landing(TargetSpec spec) {
        return new Landing() {
            @Override
            public Content content() {
                try (Destination destination = session.openDestination(wish.to(), new StopSignal());
                        ReadBack written = destination.readBack(spec)) {
                    return TableDigest.of(written);
                }
            }

            @Override
            public void remove() {
                try (Destination destination = session.openDestination(wish.to(), new StopSignal())) {
                    if (!destination.remove(spec)) {
                        throw unsuitable("it has no way to remove what a trial leaves");
                    }
                }
            }
        };
    }

    /**
     * Makes sure that what is written into a target can be read back.
     *
     * @throws ProblemException if it cannot
     */
    void requireReadable(Destination destination, TargetSpec spec) {
        try {
            destination.readBack(spec).close();
        } catch (ProblemException onlyWrites) {
            throw unsuitable(onlyWrites.problem().message());
        }
    }

    /** Refuses a destination on which nothing can be tried or proven. */
    ProblemException unsuitable(String why) {
        return Problem.of(
                        "E_TORTURE_DESTINATION",
                        ProblemKind.CONFIG,
                        "this destination cannot be put to the test by `sluice torture`")
                .at(wish.to().words())
                .because(why)
                .fix("databases and folders of files can: point the destination of a copy of the project file at one")
                .exception();
    }

    /** The wish that it belongs to. */
    ConnectionWish wish() {
        return wish;
    }

    Session session() {
        return session;
    }

    /** True if a location lies in it: whoever writes elsewhere must not be let run. */
    boolean holds(String location) {
        return location.toLowerCase(Locale.ROOT).contains(namespace);
    }

    /** The settings of a stream; empty if the connection does not copy it. */
    Optional<StreamSettings> settings(StreamId stream) {
        return PlannedReads.owner(wish.connection().streams(), stream);
    }
}
