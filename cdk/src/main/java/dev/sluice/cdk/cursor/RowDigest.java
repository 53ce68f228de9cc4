package dev.sluice.cdk.cursor;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.WideColumn;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Digests of rows: the first 64 bits of SHA-256 over all values. Two different rows of a million have the same one with a
 * chance of three in a hundred million. Not for use by several threads.
 */
public final class RowDigest {
    private final MessageDigest sha;
    private final ByteBuffer words = ByteBuffer.allocate(17);

    /** Makes a digest for rows of any shape. */
    public RowDigest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** The digest of the first columns of a row. */
    public long of(RecordBatch batch, int row, int columns) {
        for (int i = 0; i < columns; i++) {
            Column column = batch.column(i);
            if (column.isPresent(row)) {
                add(column, row);
            } else {
                sha.update((byte) 0);
            }
        }
        return ByteBuffer.wrap(sha.digest()).getLong();
    }

    private void add(Column column, int row) {
        words.clear().put((byte) 1);
        switch (column) {
            case BoolColumn truths -> words.put((byte) (truths.values()[row] ? 1 : 0));
            case IntColumn ints -> words.putInt(ints.values()[row]);
            case LongColumn longs -> words.putLong(longs.values()[row]);
            case DoubleColumn doubles -> words.putLong(Double.doubleToLongBits(doubles.values()[row]));
            case WideColumn wide -> words.putLong(wide.high(row)).putLong(wide.low(row));
            case BytesColumn bytes -> words.putInt(bytes.length(row));
        }
        sha.update(words.flip());
        if (column instanceof BytesColumn bytes) {
            sha.update(bytes.data(), bytes.start(row), bytes.length(row));
        }
    }
}
