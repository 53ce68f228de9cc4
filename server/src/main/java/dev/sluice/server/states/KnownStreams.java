package dev.sluice.server.states;

import dev.sluice.engine.schema.StreamText;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** How the streams of connections were when their tables were last made. */
public final class KnownStreams {
    private KnownStreams() {}

    /** Those of a connection, by name. */
    public static List<CatalogStream> all(Transaction transaction, UUID connectionId) throws SQLException {
        return transaction.all(
                row -> StreamText.read(
                        StreamStates.stream(row.text("namespace"), row.text("name")), row.text("description")),
                "SELECT * FROM known_stream WHERE connection_id = ? ORDER BY namespace, name",
                connectionId);
    }

    /** Remembers a stream as it is. */
    public static void save(Transaction transaction, UUID connectionId, CatalogStream stream) throws SQLException {
        transaction.change(
                "INSERT INTO known_stream (connection_id, namespace, name, description) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (connection_id, namespace, name)"
                        + " DO UPDATE SET description = excluded.description",
                connectionId,
                StreamStates.namespace(stream.id()),
                stream.id().name(),
                StreamText.write(stream));
    }

    /** Forgets a stream. */
    public static void forget(Transaction transaction, UUID connectionId, StreamId stream) throws SQLException {
        transaction.change(
                "DELETE FROM known_stream WHERE connection_id = ? AND namespace = ? AND name = ?",
                connectionId,
                StreamStates.namespace(stream),
                stream.name());
    }
}
