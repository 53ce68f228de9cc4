package dev.sluice.connector.duckdb.source;

import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadPlan;

/** A planned read and the snapshot in which its splits are read. */
final class SnapshotRead implements PlannedRead {
    private final ReadPlan plan;
    private final Snapshot snapshot;
    private final Runnable onClose;

    SnapshotRead(ReadPlan plan, Snapshot snapshot, Runnable onClose) {
        this.plan = plan;
        this.snapshot = snapshot;
        this.onClose = onClose;
    }

    @Override
    public ReadPlan plan() {
        return plan;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public void close() {
        onClose.run();
        snapshot.close();
    }
}
