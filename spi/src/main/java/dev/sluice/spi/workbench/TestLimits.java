package dev.sluice.spi.workbench;

import java.time.Duration;

/**
 * Where a test ends if the stream does not before.
 *
 * @param records how many records at most
 * @param pages how many pages of a slice
 * @param slices how many slices
 * @param time how long
 */
public record TestLimits(int records, int pages, int slices, Duration time) {
    /** The usual ones. */
    public static final TestLimits USUAL = new TestLimits(1000, 5, 5, Duration.ofMinutes(5));

    /** The widest ones. Services that make records ready while one waits may take long. */
    public static final TestLimits MOST = new TestLimits(5000, 20, 20, Duration.ofMinutes(15));

    /** True if they are not wider than the widest, and let something through. */
    public boolean isAllowed() {
        return records >= 1
                && records <= MOST.records
                && pages >= 1
                && pages <= MOST.pages
                && slices >= 1
                && slices <= MOST.slices
                && time.compareTo(Duration.ofSeconds(1)) >= 0
                && time.compareTo(MOST.time) <= 0;
    }
}
