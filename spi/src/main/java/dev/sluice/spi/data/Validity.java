package dev.sluice.spi.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a column hold no value: a null, or an unchanged value that the source did not resend.
 *
 * <p>Two bit sets of one bit a row, each absent while no bit in it is set. Immutable for readers.
 */
final class Validity {
    static final Validity ALL_PRESENT = new Validity(null, null);

    private final long @Nullable [] nulls;
    private final long @Nullable [] unchanged;

    private Validity(long @Nullable [] nulls, long @Nullable [] unchanged) {
        this.nulls = nulls;
        this.unchanged = unchanged;
    }

    boolean hasNulls() {
        return nulls != null;
    }

    boolean hasUnchanged() {
        return unchanged != null;
    }

    boolean isNull(int row) {
        return isSet(nulls, row);
    }

    boolean isUnchanged(int row) {
        return isSet(unchanged, row);
    }

    long bytes() {
        return 8L * ((nulls == null ? 0 : nulls.length) + (unchanged == null ? 0 : unchanged.length));
    }

    private static boolean isSet(long @Nullable [] bits, int row) {
        // A set may be shorter than the column: the rows after its last set bit hold values.
        return bits != null && (row >> 6) < bits.length && (bits[row >> 6] & (1L << row)) != 0;
    }

    /** Collects the bits while a column is filled. */
    static final class Builder {
        private long @Nullable [] nulls;
        private long @Nullable [] unchanged;

        void setNull(int row) {
            nulls = set(nulls, row);
        }

        void setUnchanged(int row) {
            unchanged = set(unchanged, row);
        }

        Validity build() {
            Validity validity = nulls == null && unchanged == null ? ALL_PRESENT : new Validity(nulls, unchanged);
            nulls = null;
            unchanged = null;
            return validity;
        }

        private static long[] set(long @Nullable [] bits, int row) {
            int word = row >> 6;
            long[] result = bits == null ? new long[Math.max(16, word + 1)] : bits;
            if (word >= result.length) {
                result = Arrays.copyOf(result, Math.max(word + 1, result.length * 2));
            }
            result[word] |= 1L << row;
            return result;
        }
    }
}
