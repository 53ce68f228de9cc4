package dev.sluice.cli.session;

import dev.sluice.engine.connection.Endpoint;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.problem.ProblemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One side of a connection, ready to be opened.
 *
 * @param connector its connector
 * @param endpoint its name and options, with absolute paths and resolved references
 * @param words what people call it
 * @param identity its options without secrets
 * @param path the place in the file system that it means; null if it means none
 * @param placed says where in the project file an option stands; an option's own name where there is none
 * @param kept keeps what the connector makes of its options; null if nothing does
 * @param <C> whether it is a source or a destination
 */
public record Side<C extends Connector>(
        C connector,
        Endpoint endpoint,
        String words,
        Map<String, @Nullable Object> identity,
        @Nullable String path,
        UnaryOperator<String> placed,
        @Nullable KeptConfig kept) {
    public Side {
        Objects.requireNonNull(connector);
        Objects.requireNonNull(endpoint);
    }

    /** The same failure, told with the place in the project file. */
    ProblemException placed(ProblemException failure) {
        String where = failure.problem().where();
        if (where == null || !failure.problem().code().equals("E_CONFIG")) {
            return failure;
        }
        return failure.problem().at(placed.apply(where)).exception(failure.getCause());
    }

    /** The same side with what the connector has made of its options in an earlier run, which is kept in a file. */
    Side<C> keptIn(Path file) {
        KeptConfig keeps = new KeptConfig(file, endpoint.config());
        Endpoint now = new Endpoint(endpoint.name(), endpoint.connector(), keeps.config());
        return new Side<>(connector, now, words, identity, path, placed, keeps);
    }
}
