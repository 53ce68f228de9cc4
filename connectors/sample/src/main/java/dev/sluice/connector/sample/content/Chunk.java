package dev.sluice.connector.sample.content;

import dev.sluice.spi.data.Operation;
import java.util.Arrays;

/** Some rows of a stream before they have values: which ones, in which version, and what happened to them. */
public final class Chunk {
    private final long[] ids;
    private final int[] versions;
    private final long[] steady;
    private final long[] current;
    private final byte[] operations;
    private final int limit;
    private int size;

    /**
     * Makes an empty chunk.
     *
     * @param limit the most rows, at least 1
     */
    public Chunk(int limit) {
        this.limit = limit;
        ids = new long[limit];
        versions = new int[limit];
        steady = new long[limit];
        current = new long[limit];
        operations = new byte[limit];
    }

    void add(long id, long noise, int version, Operation operation) {
        ids[size] = id;
        versions[size] = version;
        steady[size] = noise;
        current[size] = Noise.of(noise, version);
        operations[size] = operation.code();
        size++;
    }

    /** Takes the deleted rows out, for those who would not see them. */
    public void dropDeleted() {
        int kept = 0;
        for (int row = 0; row < size; row++) {
            if (operations[row] != Operation.DELETE.code()) {
                ids[kept] = ids[row];
                versions[kept] = versions[row];
                steady[kept] = steady[row];
                current[kept] = current[row];
                operations[kept] = operations[row];
                kept++;
            }
        }
        size = kept;
    }

    /** Forgets all rows. */
    public void clear() {
        size = 0;
    }

    /** The number of rows. */
    public int size() {
        return size;
    }

    /** The most rows. */
    public int limit() {
        return limit;
    }

    /** True if no row has room any more. */
    public boolean isFull() {
        return size >= limit;
    }

    /** A copy of what happened to each row, as codes of operations. */
    public byte[] operations() {
        return Arrays.copyOf(operations, size);
    }

    long id(int row) {
        return ids[row];
    }

    /** The version in which the row last changed, or came. */
    int version(int row) {
        return versions[row];
    }

    /** The noise of the row that stays the same in all versions. */
    long steady(int row) {
        return steady[row];
    }

    /** The noise of the row in its version. */
    long current(int row) {
        return current[row];
    }

    /** The noise of all rows, possibly with more behind. */
    long[] noise(boolean ofVersion) {
        return ofVersion ? current : steady;
    }
}
