package dev.sluice.connector.sqlite.source;

import dev.sluice.connector.sqlite.session.Quoting;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Schema;
import java.util.List;

/**
 * A table or a view.
 *
 * @param name its name
 * @param schema its columns
 * @param key the columns of the primary key
 * @param order the expressions that tell rows apart and order them as they lie in the file, so that a read can go on after
 *     one; empty if there are none
 * @param isTable true if it is a table, whose rows stay as they are while the file does
 */
record Relation(String name, Schema schema, List<String> key, List<String> order, boolean isTable) {
    /** What stands for it in statements. Names behind it are columns for sure: SQLite takes others for texts. */
    static final String ALIAS = "t.";

    Relation {
        key = List.copyOf(key);
        order = List.copyOf(order);
    }

    StreamId stream() {
        return StreamId.of(null, name);
    }

    /** The relation as it stands behind FROM. */
    String from() {
        return "main." + Quoting.identifier(name) + " AS t";
    }

    static String column(String name) {
        return ALIAS + Quoting.identifier(name);
    }
}
