package dev.sluice.spi.destination;

import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the destination itself remembers of a target; the engine holds its own state against it at every start (I3).
 *
 * @param connectionId who owns the target
 * @param generation the generation of the last run
 * @param syncId the last run
 * @param published true if the last run was published
 * @param position the stream's position after the last published run; null if it had none
 * @param splits how far the splits of the last run were committed; empty once it is published
 */
public record Ledger(
        String connectionId,
        long generation,
        long syncId,
        boolean published,
        @Nullable Position position,
        Map<String, SplitProgress> splits) {
    public Ledger {
        Objects.requireNonNull(connectionId);
        splits = Map.copyOf(splits);
    }
}
