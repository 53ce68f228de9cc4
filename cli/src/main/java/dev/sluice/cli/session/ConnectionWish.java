package dev.sluice.cli.session;

import dev.sluice.engine.connection.Connection;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a command works on.
 *
 * @param connection what is copied
 * @param from the source
 * @param to the destination
 * @param rejects where its rejected records are put as files; null for nowhere
 * @param state where its state is kept
 * @param arguments what a command line needs to mean it again, such as {@code shop.yaml}
 * @param notes what a person should know, a sentence each
 */
public record ConnectionWish(
        Connection connection,
        Side<SourceConnector> from,
        Side<DestinationConnector> to,
        @Nullable RejectPlace rejects,
        StateLocation state,
        String arguments,
        List<String> notes) {
    public ConnectionWish {
        Objects.requireNonNull(connection);
        notes = List.copyOf(notes);
    }
}
