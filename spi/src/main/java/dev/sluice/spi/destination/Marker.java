package dev.sluice.spi.destination;

import dev.sluice.spi.source.SplitProgress;
import java.util.Objects;

/**
 * How far a split has come; it becomes visible together with the rows that it covers (I2).
 *
 * @param splitId the split
 * @param progress how far it has come, counted from its beginning
 */
public record Marker(String splitId, SplitProgress progress) {
    public Marker {
        Objects.requireNonNull(splitId);
        Objects.requireNonNull(progress);
    }
}
