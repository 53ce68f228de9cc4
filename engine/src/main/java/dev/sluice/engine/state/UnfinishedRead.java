package dev.sluice.engine.state;

import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.SplitProgress;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A read that has begun and is not published.
 *
 * @param syncId the run that began it; the rows carry it
 * @param from the stream's position before it; null if it began at the beginning
 * @param shape a digest of the fields that it reads; with others it cannot go on, as the rows before would lack them
 * @param plan how it is divided
 * @param progress how far its splits are committed, by split id
 */
public record UnfinishedRead(
        long syncId, @Nullable Position from, String shape, ReadPlan plan, Map<String, SplitProgress> progress) {
    public UnfinishedRead {
        Objects.requireNonNull(shape);
        Objects.requireNonNull(plan);
        progress = Map.copyOf(progress);
    }

    /** The rows that are committed so far. */
    public long committedRows() {
        return progress.values().stream().mapToLong(SplitProgress::rows).sum();
    }

    /** The same read with another progress. */
    public UnfinishedRead withProgress(Map<String, SplitProgress> other) {
        return new UnfinishedRead(syncId, from, shape, plan, other);
    }

    /** The same read with the plan as the source holds it now. */
    public UnfinishedRead withPlan(ReadPlan other) {
        return new UnfinishedRead(syncId, from, shape, other, progress);
    }
}
