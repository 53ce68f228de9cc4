package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.log.Spool;
import dev.sluice.cdk.log.Spools;
import java.util.Optional;

/**
 * One reading of the slot, divided by tables: the messages of the plugin as they came, and at the beginning of each
 * transaction what the server said of it.
 *
 * @param end the place in the log up to which it goes
 * @param spools the messages by the number of the table
 */
record LogReading(long end, Spools<Integer> spools) implements AutoCloseable {
    LogReading(long end) {
        this(end, new Spools<>());
    }

    /** The spool of a table; empty if the log tells nothing of it. */
    Optional<Spool> find(long table) {
        return spools.find((int) table);
    }

    @Override
    public void close() {
        spools.close();
    }
}
