package dev.sluice.connector.mysql.source;

import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadPlan;

/**
 * A planned read and the sessions that see its moment.
 *
 * @param plan the plan
 * @param group the sessions
 */
record SnapshotRead(ReadPlan plan, SnapshotGroup group) implements PlannedRead {
    @Override
    public void close() {
        group.close();
    }
}
