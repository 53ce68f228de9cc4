package dev.sluice.cli.session;

import dev.sluice.cli.output.Terminal;
import dev.sluice.engine.plugin.ConnectorRegistry;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What the program finds around it.
 *
 * @param environment the environment variables
 * @param directory the working directory, absolute
 * @param streams where it reads and writes
 * @param terminal what is known of the terminal
 * @param connectors makes the registry of connectors; called at most once a command
 * @param clock the time
 * @param signals the signals of the operating system
 */
public record Host(
        Map<String, String> environment,
        Path directory,
        Streams streams,
        Terminal terminal,
        Supplier<ConnectorRegistry> connectors,
        Clock clock,
        Signals signals) {
    public Host {
        environment = Map.copyOf(environment);
        Objects.requireNonNull(directory);
    }

    /**
     * The standard streams.
     *
     * @param in what the user types or pipes in
     * @param out where results go
     * @param err where everything else goes
     */
    public record Streams(InputStream in, PrintStream out, PrintStream err) {}
}
