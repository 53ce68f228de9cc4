package dev.sluice.cli.torture;

/**
 * The rows of a table in whatever order, as far as they come from the source.
 *
 * @param rows how many
 * @param first the sum of one half of the rows' digests
 * @param second the sum of the other half
 */
public record Content(long rows, long first, long second) {
    /** No rows, or no table. */
    public static final Content EMPTY = new Content(0, 0, 0);

    /** What is different in another content, for people. */
    String difference(Content other) {
        return rows == other.rows
                ? "it has the right number of rows, " + rows + ", but other values in them"
                : "it has " + other.rows + " rows and not " + rows;
    }
}
