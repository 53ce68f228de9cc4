package dev.sluice.cli.session;

import dev.sluice.engine.connection.Connection;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import java.util.List;
import java.util.Objects;

/**
 * A connection that a command works on.
 *
 * @param connection what is copied
 * @param from the source
 * @param to the destination
 * @param state where its state is kept
 * @param arguments what a command line needs to mean it again, such as {@code shop.yaml}
 * @param notes what a person should know, a sentence each
 */
public record ConnectionWish(
        Connection connection,
        Side<SourceConnector> from,
        Side<DestinationConnector> to,
        StateLocation state,
        String arguments,
        List<String> notes) {
    public ConnectionWish {
        Objects.requireNonNull(connection);
        notes = List.copyOf(notes);
    }
}
