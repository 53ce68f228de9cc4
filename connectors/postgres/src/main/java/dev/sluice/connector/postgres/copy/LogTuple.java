package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.source.ReadContext;
import java.io.IOException;
import java.util.Arrays;

/**
 * A row version as the log has it: where the bytes of each column are. Those of a message that stands in the buffer stay
 * there, so a tuple is good until the next message is read. One thread uses it.
 */
public final class LogTuple {
    private static final byte[] NOTHING = {};
    private static final int NULL = -1;
    private static final int UNCHANGED = -2;
    private static final int TOO_LARGE = -3;

    private byte[][] bytes = new byte[0][];
    private int[] at = {};
    private int[] length = {};
    private boolean[] text = {};

    /**
     * Reads the next tuple.
     *
     * @param inBuffer true if the message stands in the buffer as a whole
     * @param context asked for memory for large values otherwise
     */
    public void read(WireInput in, boolean inBuffer, ReadContext context) throws IOException {
        int columns = in.readShort();
        if (length.length < columns) {
            bytes = new byte[columns][];
            at = new int[columns];
            length = new int[columns];
            text = new boolean[columns];
        }
        for (int i = 0; i < columns; i++) {
            byte kind = (byte) in.readByte();
            bytes[i] = NOTHING;
            switch (kind) {
                case 'n' -> length[i] = NULL;
                case 'u' -> length[i] = UNCHANGED;
                case 'b', 't' -> {
                    text[i] = kind == 't';
                    readValue(in, i, in.readInt(), inBuffer, context);
                }
                default -> throw new IOException("a value of the log is of the kind " + (char) kind);
            }
        }
    }

    private void readValue(WireInput in, int index, int size, boolean inBuffer, ReadContext context)
            throws IOException {
        length[index] = size;
        at[index] = 0;
        if (inBuffer) {
            bytes[index] = in.buffer();
            at[index] = in.position();
            in.skip(size);
        } else if (RowFields.admits(context, size)) {
            bytes[index] = new byte[size];
            in.readFully(bytes[index], 0, size);
        } else {
            in.skipFully(size);
            length[index] = TOO_LARGE;
        }
    }

    /** True if the column is null. */
    public boolean isNull(int column) {
        return length[column] == NULL;
    }

    /** True if the value did not change and was not sent again. */
    public boolean isUnchanged(int column) {
        return length[column] == UNCHANGED;
    }

    /** True if both tuples have the same value in a column. */
    public boolean agrees(LogTuple other, int column) {
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

    boolean isTooLarge(int column) {
        return length[column] == TOO_LARGE;
    }

    boolean isText(int column) {
        return text[column];
    }

    byte[] bytes(int column) {
        return bytes[column];
    }

    int at(int column) {
        return at[column];
    }

    int length(int column) {
        return length[column];
    }
}
