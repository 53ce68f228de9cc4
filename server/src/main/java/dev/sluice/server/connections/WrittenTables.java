package dev.sluice.server.connections;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Which connections write to which tables of a destination, as far as their settings tell. */
public final class WrittenTables {
    private static final String RENAMED = "destinationObjectName";

    /**
     * A table and who writes to it.
     *
     * @param table its namespace, where it is not the destination's own, and its name
     */
    public record Written(StreamId table, UUID connectionId, String connectionName) {}

    private WrittenTables() {}

    /** Those of some tables that are written to already. Capital and small letters are the same here, as to most destinations. */
    public static List<Written> among(Transaction transaction, UUID destinationId, Set<StreamId> tables, int most)
            throws SQLException {
        Set<String> wanted = new HashSet<>();
        tables.forEach(table -> wanted.add(plain(table)));
        List<Written> found = new ArrayList<>();
        for (Written each : transaction.all(
                WrittenTables::read,
                "SELECT c.id, c.name AS connection_name, c.namespace_definition, c.namespace_format, c.prefix,"
                        + " s.namespace, s.name, s.settings FROM connection c"
                        + " JOIN connection_stream s ON s.connection_id = c.id"
                        + " WHERE c.destination_id = ? AND c.deleted_at IS NULL AND s.selected = ?"
                        + " ORDER BY c.name, c.id, s.place",
                destinationId,
                true)) {
            if (found.size() < most && wanted.contains(plain(each.table()))) {
                found.add(each);
            }
        }
        return found;
    }

    private static Written read(Row row) throws SQLException {
        String namespace = row.text("namespace");
        StreamId stream = StreamId.of(namespace.isEmpty() ? null : namespace, row.text("name"));
        Naming naming = new Naming(
                row.word("namespace_definition", Naming.Namespaces.class),
                row.textOrNull("namespace_format"),
                row.text("prefix"));
        Object renamed = JsonText.object(row.json("settings").text()).get(RENAMED);
        String name = renamed == null ? naming.prefix() + stream.name() : renamed.toString();
        return new Written(
                StreamId.of(naming.rule().namespaceOf(stream), name), row.id("id"), row.text("connection_name"));
    }

    private static String plain(StreamId table) {
        return table.toString().toLowerCase(Locale.ROOT);
    }
}
