package dev.sluice.connector.mysql.source;

import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadPlan;

/**
 * A planned read of the log. Nothing is held open for it.
 *
 * @param plan the plan
 */
record LogRead(ReadPlan plan) implements PlannedRead {
    @Override
    public void close() {}
}
