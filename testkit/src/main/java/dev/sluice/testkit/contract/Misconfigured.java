package dev.sluice.testkit.contract;

import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * A configuration that does not work, and how the connector has to say so.
 *
 * @param name what is wrong, such as "wrong password"
 * @param kind the kind of problem that the check has to report
 * @param secrets texts of the configuration that no message may hold
 * @param open makes the connector, which connects to nothing yet; may refuse a configuration that does not fit the spec
 * @param <C> {@link dev.sluice.spi.source.Source} or {@link dev.sluice.spi.destination.Destination}
 */
public record Misconfigured<C extends AutoCloseable>(
        String name, ProblemKind kind, Set<String> secrets, Function<ConnectorContext, C> open) {
    public Misconfigured {
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(open);
        secrets = Set.copyOf(secrets);
    }

    /**
     * One of a connector to a server that asks for a password, which no message may hold.
     *
     * @param config the configuration with its option {@code password}
     * @param open makes the connector with the configuration
     */
    public static <C extends AutoCloseable> Misconfigured<C> ofServer(
            String name, ProblemKind kind, Map<String, ?> config, Function<ConnectorContext, C> open) {
        return new Misconfigured<>(name, kind, Set.of(String.valueOf(config.get("password"))), open);
    }
}
