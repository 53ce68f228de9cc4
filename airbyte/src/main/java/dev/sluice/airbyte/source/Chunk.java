package dev.sluice.airbyte.source;

import dev.sluice.cdk.cells.JsonMembers;
import dev.sluice.cdk.text.ByteSink;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records of one stream that came one after the other, with where their members lie, and perhaps the state that covers them. Not
 * thread-safe.
 */
final class Chunk {
    /** One that took more is not used again. */
    private static final int MOST_KEPT = 2 << 20;

    private final ByteSink data = new ByteSink(4096);
    private final JsonMembers members = new JsonMembers();
    private int[] ends = new int[64];

    /** The number of members up to the end of each record. */
    private int[] lastMembers = new int[64];

    private int rows;
    private final Map<Integer, String> metas = new TreeMap<>();
    private @Nullable String state;

    /**
     * Adds the data of a record.
     *
     * @param meta what the connector says of its values, as JSON; null if nothing
     * @return false if the data is not exactly one object; nothing was added then
     */
    boolean add(byte[] bytes, int from, int to, @Nullable String meta) {
        int start = data.size();
        data.put(bytes, from, to - from);
        if (!members.add(data.bytes(), start, data.size())) {
            data.cutTo(start);
            return false;
        }
        if (meta != null) {
            metas.put(rows, meta);
        }
        if (rows == ends.length) {
            ends = Arrays.copyOf(ends, rows * 2);
            lastMembers = Arrays.copyOf(lastMembers, rows * 2);
        }
        ends[rows] = data.size();
        lastMembers[rows] = members.size();
        rows++;
        return true;
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

    /** How much memory it takes. */
    long memory() {
        return data.size() + (long) members.bytes();
    }

    /** Where the members of its records lie. */
    JsonMembers members() {
        return members;
    }

    /** The number of the first member of a record; for the number of records, the number of all. */
    int firstMember(int row) {
        return row == 0 ? 0 : lastMembers[row - 1];
    }

    /** True if it is worth being used again. */
    boolean isSmall() {
        return data.bytes().length <= MOST_KEPT && members.bytes() <= MOST_KEPT;
    }

    /** Forgets all, so that it can be filled again. */
    void clear() {
        data.clear();
        members.clear();
        rows = 0;
        metas.clear();
        state = null;
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
