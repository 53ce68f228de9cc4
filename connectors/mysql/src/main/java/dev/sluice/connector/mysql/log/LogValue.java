package dev.sluice.connector.mysql.log;

import dev.sluice.connector.mysql.wire.LogRows;
import java.io.IOException;

/** Adds the values of one column of the log to a field. One thread uses it. */
@FunctionalInterface
interface LogValue {
    /**
     * Adds a value that is not null.
     *
     * @param rows takes it
     * @param field the field
     * @param bytes hold the value
     * @param at where it begins
     * @param length how long it is
     */
    void append(LogRows rows, int field, byte[] bytes, int at, int length) throws IOException;
}
