package dev.sluice.engine.expr;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects texts row by row into one array. */
final class TextsBuilder {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

    private final boolean[] present;
    private final int[] starts;
    private final int[] ends;
    private byte[] data;
    private int size;

    TextsBuilder(int rows) {
        present = new boolean[rows];
        starts = new int[rows];
        ends = new int[rows];
        data = new byte[Math.max(64, 16 * rows)];
    }

    /** Begins the text of a row; what is added next belongs to it. */
    void begin(int row) {
        present[row] = true;
        starts[row] = size;
        ends[row] = size;
    }

    void add(int row, byte[] bytes, int from, int to) {
        int length = to - from;
        makeRoom(length);
        System.arraycopy(bytes, from, data, size, length);
        size += length;
        ends[row] = size;
    }

    void add(int row, byte value) {
        makeRoom(1);
        data[size++] = value;
        ends[row] = size;
    }

    void set(int row, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        begin(row);
        add(row, bytes, 0, bytes.length);
    }

    Vector.Texts build() {
        return new Vector.Texts(present, data, starts, ends);
    }

    private void makeRoom(int more) {
        long needed = (long) size + more;
        if (needed > MOST_BYTES) {
            throw new IllegalArgumentException("the texts of one batch exceed " + MOST_BYTES + " bytes");
        }
        if (needed > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(MOST_BYTES, Math.max(needed, 2L * data.length)));
        }
    }
}
