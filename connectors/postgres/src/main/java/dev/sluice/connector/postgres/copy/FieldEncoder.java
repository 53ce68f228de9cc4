package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.Column;
import java.io.IOException;

/**
 * Encodes the values of one column into COPY's binary form. An encoder belongs to one writer.
 *
 * <p>{@link #column} is told the column of each batch; after that {@link #encode} is called for each row that holds a
 * value. It writes the length of the field and its bytes, or a null if the server cannot hold the value, which it then
 * reports as altered.
 */
abstract class FieldEncoder {
    /** The length that stands for a null. */
    static final int NULL = -1;

    /** Takes the column of the next batch. */
    abstract void column(Column column);

    /** Writes a value. */
    abstract void encode(int row, CopyOutput out) throws IOException;

    /** Writes a null. */
    static void writeNull(CopyOutput out) throws IOException {
        int at = out.reserve(4);
        BigEndian.putInt32(out.buffer(), at, NULL);
    }
}
