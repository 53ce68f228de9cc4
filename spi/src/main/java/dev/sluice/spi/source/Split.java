package dev.sluice.spi.source;

import dev.sluice.spi.catalog.Estimate;
import java.util.Objects;

/**
 * A part of a stream that can be read by itself, such as a range of keys or a file. Splits of one plan share no row.
 *
 * @param id unique in its plan and the same when the plan is resumed; at most 200 characters
 * @param payload what the source needs in order to read it; opaque to everybody else
 * @param estimate how much it holds
 */
public record Split(String id, String payload, Estimate estimate) {
    public Split {
        Objects.requireNonNull(payload);
        Objects.requireNonNull(estimate);
        if (id.isEmpty() || id.length() > 200) {
            throw new IllegalArgumentException("a split's id has 1 to 200 characters");
        }
    }
}
