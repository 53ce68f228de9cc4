package dev.sluice.spi.catalog;

/**
 * How much there is to read, for progress only.
 *
 * @param rows the number of rows, or {@value #UNKNOWN}
 * @param bytes the number of bytes, or {@value #UNKNOWN}
 */
public record Estimate(long rows, long bytes) {
    /** Stands for a number that nobody knows. */
    public static final long UNKNOWN = -1;

    /** Nothing is known. */
    public static final Estimate NONE = new Estimate(UNKNOWN, UNKNOWN);
}
