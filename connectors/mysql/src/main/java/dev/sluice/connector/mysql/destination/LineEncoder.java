package dev.sluice.connector.mysql.destination;

import dev.sluice.spi.data.Column;
import java.io.IOException;

/** Writes the values of one column as fields of lines for LOAD DATA. An encoder belongs to one load. */
interface LineEncoder {
    /** What became of a value. */
    enum Outcome {
        /** It was written as it is. */
        WRITTEN,
        /** It was written without what the column cannot hold of it. */
        CUT,
        /** The column cannot hold it; nothing was written. */
        UNFIT
    }

    /**
     * Writes a value.
     *
     * @param column a column of the encoder's type
     * @param row a row of it that is present
     */
    Outcome encode(Column column, int row, LineSink out) throws IOException;
}
