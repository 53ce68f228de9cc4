package dev.sluice.spi.source;

import org.jspecify.annotations.Nullable;

/**
 * How far a split has been committed at the destination.
 *
 * @param position where to go on inside the split; null at its beginning. When it is finished, what its reader said of its end
 * @param finished true if all its rows are committed
 * @param rows the rows of it that are committed at the destination, over all attempts
 */
public record SplitProgress(@Nullable String position, boolean finished, long rows) {}
