package dev.sluice.spi.connector;

import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.Optional;

/**
 * A kind of system that data can come from or go to. Implementations have a public constructor without parameters, hold
 * no state, and are cheap to make: libraries and drivers load when something is opened.
 */
public sealed interface Connector permits SourceConnector, DestinationConnector {
    /** The name in project files and commands, lower case, such as {@code postgres}. */
    String name();

    /** The name for people, such as {@code PostgreSQL}. */
    String title();

    /** What it does in one sentence. */
    String summary();

    /**
     * The options as a JSON Schema (draft-07) with the annotations of the Airbyte protocol: {@code airbyte_secret},
     * {@code order}, {@code title}, {@code examples}, {@code pattern}, {@code multiline}. Texts with {@code "format":
     * "path"} are places in the file system; the host hands them over as absolute paths.
     */
    String spec();

    /**
     * True if a configuration names programs that are then started on this machine. A host that takes configurations from others,
     * such as a server, does not offer such a connector.
     */
    default boolean runsPrograms() {
        return false;
    }

    /**
     * What a connector says of itself, as the payload of a SPEC message of the Airbyte protocol in JSON. Where the configuration names a program,
     * it is started and asked, which may take minutes; others have nothing to ask.
     *
     * @param config what names the program; its own options are not needed
     * @throws dev.sluice.spi.problem.ProblemException if it cannot be started or does not say it
     */
    default String describe(Config config, ConnectorContext context) {
        return "{\"connectionSpecification\":" + spec() + "}";
    }

    /**
     * Turns the address of a one-line command into a configuration, such as {@code postgres://reader@db/shop} or {@code
     * orders.csv}.
     *
     * @return empty if the address is not one of this connector's
     */
    Optional<Config> fromUri(String uri);
}
