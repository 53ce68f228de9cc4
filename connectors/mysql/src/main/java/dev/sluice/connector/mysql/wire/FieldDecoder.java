package dev.sluice.connector.mysql.wire;

import dev.sluice.spi.data.ColumnBuilder;

/** Decodes the values of one column from their texts into a column builder. A decoder belongs to one reader. */
abstract class FieldDecoder {
    private final ColumnBuilder column;

    FieldDecoder(ColumnBuilder column) {
        this.column = column;
    }

    final void appendNull() {
        column.appendNull();
    }

    /**
     * Adds a row with the value whose text stands in the array.
     *
     * @return false if the type cannot hold the value, so that the row became null
     */
    final boolean decode(byte[] bytes, int from, int to) {
        if (append(bytes, from, to)) {
            return true;
        }
        column.appendNull();
        return false;
    }

    /** Adds a row, or returns false and adds none. */
    abstract boolean append(byte[] bytes, int from, int to);
}
