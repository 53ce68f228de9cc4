package dev.sluice.connector.postgres.copy;

import java.util.Arrays;

/** The forms of some values end to end. */
final class Forms {
    private static final int FIRST_BYTES = 8 << 10;

    /** A buffer that had to become larger than this for one value is not kept. */
    private static final int KEPT_BYTES = 1 << 20;

    private byte[] buffer = new byte[FIRST_BYTES];
    private int end;

    /** Forgets all of them. */
    void clear() {
        end = 0;
        if (buffer.length > KEPT_BYTES) {
            buffer = new byte[FIRST_BYTES];
        }
    }

    /** Makes room for so many bytes and returns where they begin; the caller then writes all of them. */
    int reserve(int bytes) {
        int at = end;
        end = Math.addExact(end, bytes);
        if (end > buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(end, 2L * buffer.length)));
        }
        return at;
    }

    /** Adds the length that stands for a null. */
    void writeNull() {
        int at = reserve(FieldEncoder.LENGTH_BYTES);
        FieldEncoder.writeNull(buffer, at);
    }

    /** Adds bytes. */
    void write(byte[] bytes) {
        int at = reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, at, bytes.length);
    }

    /** The bytes; another array after {@link #reserve}. */
    byte[] buffer() {
        return buffer;
    }

    int length() {
        return end;
    }
}
