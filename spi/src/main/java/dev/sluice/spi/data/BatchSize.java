package dev.sluice.spi.data;

/**
 * When a batch is large enough to be handed on: at whichever of the two comes first.
 *
 * @param rows the number of rows, at least 1
 * @param bytes the bytes of memory, at least 1
 */
public record BatchSize(int rows, long bytes) {
    /** Large enough to hide the cost of a hand-over, small enough to stay in a processor's cache. */
    public static final BatchSize DEFAULT = new BatchSize(65_536, 2L << 20);

    public BatchSize {
        if (rows < 1 || bytes < 1) {
            throw new IllegalArgumentException("a batch needs room for a row: " + rows + " rows, " + bytes + " bytes");
        }
    }
}
