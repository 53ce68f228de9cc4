package dev.sluice.testkit.contract;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.util.List;

/**
 * A table that a fixture made, written by means of the system itself and never by the connector. Methods may be called
 * by several threads at once.
 */
public interface SourceTable {
    /** The identity under which discovery has to show it. */
    StreamId id();

    /** The fields as discovery has to show them: those of the spec, unless the system has no such types. */
    Schema schema();

    /**
     * How a row comes out when it is read.
     *
     * @param stored the row as it was inserted, in the types of the spec
     * @return the row as canonical texts of {@link #schema()}; the same unless the types differ
     */
    default Row expected(Row stored) {
        return stored;
    }

    /** Begins a transaction of its own; without transactions, edits that happen one by one when they are committed. */
    Edit begin();

    /** Removes the table, so that another can be made under its name. */
    void drop();

    /** Changes to a table. For one thread. */
    interface Edit extends AutoCloseable {
        /** Adds rows. */
        void insert(List<Row> rows);

        /** Gives the row with this row's key the values of this row. */
        void update(Row row);

        /** Removes the row with this row's key. */
        void delete(Row row);

        /** Makes the changes visible to everybody. */
        void commit();

        /** Takes back what is not committed. */
        @Override
        void close();
    }
}
