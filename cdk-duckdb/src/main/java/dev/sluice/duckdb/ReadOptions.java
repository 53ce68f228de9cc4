package dev.sluice.duckdb;

import dev.sluice.spi.data.BatchSize;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * How the rows of a query become batches.
 *
 * @param size when a batch is large enough
 * @param clock the time that batches carry, in microseconds since 1970-01-01T00:00Z
 * @param largeValues who decides about values of a mebibyte and more
 */
public record ReadOptions(BatchSize size, LongSupplier clock, LargeValues largeValues) {
    public ReadOptions {
        Objects.requireNonNull(size);
        Objects.requireNonNull(clock);
        Objects.requireNonNull(largeValues);
    }
}
