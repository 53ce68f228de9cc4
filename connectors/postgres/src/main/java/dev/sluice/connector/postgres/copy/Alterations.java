package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.ValueChange;

/** Hears of each value that is altered while it is written; the row's {@code _airbyte_meta} gets the same words. */
@FunctionalInterface
interface Alterations {
    /** A value of a row was altered; the row is counted from the beginning of its batch. */
    void altered(int row, String field, ValueChange.Change change, ValueChange.Reason reason);
}
