package dev.sluice.connector.mysql.log;

import dev.sluice.connector.mysql.wire.LogRows;
import dev.sluice.connector.mysql.wire.WireInput;
import dev.sluice.spi.source.ReadContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A row as the log has it: where the bytes of each column are. Those of an event that stands in the buffer stay there, so a
 * row is good until the next event is read. One thread uses it.
 */
final class LogCells {
    private static final byte[] NOTHING = {};
    private static final int NULL = -1;
    private static final int TOO_LARGE = -2;

    private int[] sizes = {};
    private int[] prefixes = {};
    private byte[] nulls = {};
    private byte[][] bytes = new byte[0][];
    private int[] at = {};
    private int[] length = {};

    /**
     * Reads the next row.
     *
     * @param inBuffer true if the event stands in the buffer as a whole
     * @param context asked for memory for large values otherwise
     * @return the bytes that it took
     */
    long read(WireInput in, boolean inBuffer, ReadContext context) throws IOException {
        int count = sizes.length;
        in.readFully(nulls, 0, nulls.length);
        long taken = nulls.length;
        for (int i = 0; i < count; i++) {
            bytes[i] = NOTHING;
            if ((nulls[i / 8] >> i % 8 & 1) != 0) {
                length[i] = NULL;
                continue;
            }
            long size = sizes[i] < 0 ? in.number(prefixes[i]) : sizes[i];
            taken += prefixes[i] + size;
            readValue(in, i, size, inBuffer, context);
        }
        return taken;
    }

    /** From here on rows are held so. */
    void know(List<ColumnWire> columns) {
        int count = columns.size();
        nulls = new byte[(count + 7) / 8];
        bytes = new byte[count][];
        at = new int[count];
        length = new int[count];
        sizes = columns.stream().mapToInt(ColumnWire::size).toArray();
        prefixes = columns.stream()
                .mapToInt(column -> column.size() < 0 ? column.prefix() : 0)
                .toArray();
    }

    private void readValue(WireInput in, int index, long size, boolean inBuffer, ReadContext context)
            throws IOException {
        at[index] = 0;
        if (inBuffer) {
            length[index] = (int) size;
            bytes[index] = in.buffer();
            at[index] = in.position();
            in.skip((int) size);
        } else if (LogRows.admits(context, size)) {
            length[index] = (int) size;
            bytes[index] = new byte[(int) size];
            in.readFully(bytes[index], 0, (int) size);
        } else {
            in.skipFully(size);
            length[index] = TOO_LARGE;
        }
    }

    /** Adds a value to a field. */
    void append(int column, LogValue value, LogRows rows, int field) throws IOException {
        switch (length[column]) {
            case NULL -> rows.appendNull(field);
            case TOO_LARGE -> rows.appendTooLarge(field);
            default -> value.append(rows, field, bytes[column], at[column], length[column]);
        }
    }

    /** True if both rows have the same value in a column. */
    boolean agrees(LogCells other, int column) {
        int mine = length[column];
        int theirs = other.length[column];
        if (mine < 0 || theirs < 0) {
            return mine == theirs;
        }
        return Arrays.equals(
                bytes[column],
                at[column],
                at[column] + mine,
                other.bytes[column],
                other.at[column],
                other.at[column] + theirs);
    }
}
