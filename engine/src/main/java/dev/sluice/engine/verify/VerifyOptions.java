package dev.sluice.engine.verify;

/**
 * How a comparison uses this machine.
 *
 * @param lanes how many splits are read at the same time, at least 1
 * @param maxValueBytes the most that the large values of one row may take
 * @param shown how many rows that differ are named
 * @param inside true if databases may count and sum rows by themselves, and rows are read only where that does not suffice
 */
public record VerifyOptions(int lanes, long maxValueBytes, int shown, boolean inside) {
    public VerifyOptions {
        if (lanes < 1 || maxValueBytes < 1 || shown < 0) {
            throw new IllegalArgumentException("a comparison needs at least one lane and some memory");
        }
    }
}
