package dev.sluice.cdk.cursor;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * The digests of rows that were delivered, each as often as its row. Immutable.
 *
 * <p>As text they are sorted, each as the difference to the one before in seven bits a byte, and the bytes in Base64: some
 * nine characters a row.
 */
public final class SeenRows {
    /** No rows. */
    public static final SeenRows NONE = new SeenRows(new long[0]);

    private final long[] sorted;

    private SeenRows(long[] sorted) {
        this.sorted = sorted;
    }

    /** The rows of these digests. */
    public static SeenRows of(long[] digests) {
        long[] sorted = digests.clone();
        Arrays.sort(sorted);
        return new SeenRows(sorted);
    }

    /** The number of rows. */
    public int size() {
        return sorted.length;
    }

    /** The digests as text. */
    public String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(9 * sorted.length);
        long last = Long.MIN_VALUE;
        for (long digest : sorted) {
            // Between neighbours in signed order the difference is right as an unsigned number.
            long rest = digest - last;
            while ((rest & ~0x7fL) != 0) {
                bytes.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
            last = digest;
        }
        return Base64.getEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static SeenRows parse(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        long[] digests = new long[bytes.length];
        int count = 0;
        long last = Long.MIN_VALUE;
        long rest = 0;
        int shift = 0;
        for (byte part : bytes) {
            if (shift > 63) {
                throw new IllegalArgumentException("a digest is too long");
            }
            rest |= (part & 0x7fL) << shift;
            shift += 7;
            if (part >= 0) {
                last += rest;
                digests[count++] = last;
                rest = 0;
                shift = 0;
            }
        }
        if (shift != 0) {
            throw new IllegalArgumentException("the last digest is not whole");
        }
        return new SeenRows(Arrays.copyOf(digests, count));
    }

    /** These rows and those. */
    public SeenRows and(SeenRows other) {
        long[] all = Arrays.copyOf(sorted, sorted.length + other.sorted.length);
        System.arraycopy(other.sorted, 0, all, sorted.length, other.sorted.length);
        return of(all);
    }

    /** A filter that takes out each row as often as it was seen. */
    public Filter filter() {
        return new Filter(sorted);
    }

    /** Takes rows out that were seen before. One thread uses it. */
    public static final class Filter {
        private final long[] sorted;
        private final boolean[] used;
        private long matches;

        private Filter(long[] sorted) {
            this.sorted = sorted;
            this.used = new boolean[sorted.length];
        }

        /** True if the row was seen, and has not come again as often as it was seen. */
        public boolean takesOut(long digest) {
            int at = Arrays.binarySearch(sorted, digest);
            if (at < 0) {
                return false;
            }
            int first = at;
            while (first > 0 && sorted[first - 1] == digest) {
                first--;
            }
            for (int i = first; i < sorted.length && sorted[i] == digest; i++) {
                if (!used[i]) {
                    used[i] = true;
                    matches++;
                    return true;
                }
            }
            return false;
        }

        /** The number of rows that were taken out. */
        public long matches() {
            return matches;
        }
    }
}
