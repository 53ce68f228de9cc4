package dev.sluice.spi.workbench;

/**
 * How far a test is.
 *
 * @param records the records so far
 * @param pages the pages
 * @param slices the slices that were begun
 * @param requests the requests that were answered, of any kind
 */
public record TestProgress(long records, long pages, long slices, long requests) {
    /** Nothing yet. */
    public static final TestProgress NOTHING = new TestProgress(0, 0, 0, 0);
}
