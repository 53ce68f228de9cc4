package dev.sluice.engine.connection;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How many records of one read of a stream may be rejected.
 *
 * @param most so many; null for any number
 * @param percent so many of a hundred that are read; null for any share
 */
public record RejectLimit(@Nullable Long most, @Nullable Double percent) {
    /** Any number. */
    public static final RejectLimit NONE = new RejectLimit(null, null);

    /** A share says nothing before so many records were read, unless the read is at its end. */
    private static final long TELLING = 1000;

    public RejectLimit {
        if ((most != null && most < 0) || (percent != null && !(percent >= 0 && percent <= 100))) {
            throw new IllegalArgumentException("a limit is a number, or a share of a hundred");
        }
    }

    /**
     * True if too many records were rejected.
     *
     * @param rejected the rejected records
     * @param read all records that were read, rejected ones included
     * @param ended true if no more will be read
     */
    public boolean isExceeded(long rejected, long read, boolean ended) {
        if (most != null && rejected > most) {
            return true;
        }
        return percent != null && (ended || read >= TELLING) && rejected * 100.0 > percent * read;
    }

    /** The limit in words. */
    public String words() {
        if (most == null && percent == null) {
            return "any number";
        }
        String share = percent == null
                ? ""
                : BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + " %";
        return "at most " + (most == null ? share : percent == null ? most.toString() : most + " and " + share);
    }
}
