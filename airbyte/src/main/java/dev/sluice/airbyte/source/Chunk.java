package dev.sluice.airbyte.source;

import dev.sluice.cdk.text.ByteSink;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records of one stream that came one after the other, and perhaps the state that covers them. Not thread-safe. */
final class Chunk {
    private final ByteSink data = new ByteSink(4096);
    private int[] ends = new int[64];
    private int rows;
    private final Map<Integer, String> metas = new TreeMap<>();
    private @Nullable String state;

    /**
     * Adds the data of a record.
     *
     * @param meta what the connector says of its values, as JSON; null if nothing
     */
    void add(byte[] bytes, int from, int to, @Nullable String meta) {
        if (meta != null) {
            metas.put(rows, meta);
        }
        if (rows == ends.length) {
            ends = Arrays.copyOf(ends, rows * 2);
        }
        data.put(bytes, from, to - from);
        ends[rows++] = data.size();
    }

    /** Ends the chunk with a state that covers all records up to here. */
    void close(String covering) {
        state = covering;
    }

    byte[] bytes() {
        return data.bytes();
    }

    int size() {
        return data.size();
    }

    int rows() {
        return rows;
    }

    /** Where a record begins; for the number of records, where the last one ends. */
    int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** What the connector says of the values of records, by their number in the chunk. */
    Map<Integer, String> metas() {
        return metas;
    }

    /** The state that covers everything up to its end; null if it ends without one. */
    @Nullable
    String state() {
        return state;
    }

    boolean isEmpty() {
        return rows == 0 && state == null;
    }
}
