package dev.sluice.spi.destination;

import dev.sluice.spi.catalog.DestinationSyncMode;
import java.util.Set;

/**
 * What a destination can do; asked before anything is planned.
 *
 * @param modes the modes that it can write
 * @param namespaces true if it groups targets by namespace
 * @param operations true if it applies inserts, updates and deletes of a change log
 * @param unchangedValues true if it keeps a value that a log did not resend
 * @param ledger true if it remembers runs and markers by itself, so that the engine can reconcile with it (I3)
 * @param maxWriters how many writers of one target may work side by side, at least 1
 */
public record DestinationTraits(
        Set<DestinationSyncMode> modes,
        boolean namespaces,
        boolean operations,
        boolean unchangedValues,
        boolean ledger,
        int maxWriters) {
    public DestinationTraits {
        modes = Set.copyOf(modes);
        if (maxWriters < 1) {
            throw new IllegalArgumentException("a destination allows at least one writer");
        }
    }
}
