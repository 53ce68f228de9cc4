package dev.sluice.connector.duckdb;

import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host whose clock stands still and which keeps what it is told. */
public final class TestHost implements ConnectorContext, ReadContext, WriteContext {
    /** What its clock shows. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final BatchSize batchSize;

    /** A host with batches of the usual size. */
    public TestHost() {
        this(BatchSize.DEFAULT);
    }

    /** A host with batches of a size. */
    public TestHost(BatchSize batchSize) {
        this.batchSize = batchSize;
    }

    /** The lines of the log, each behind its level. */
    public List<String> lines() {
        return log;
    }

    /** The values that a destination altered, as field, change and reason. */
    public List<String> changes() {
        return changes;
    }

    @Override
    public void log(Level level, String message) {
        log.add(level + " " + message);
    }

    @Override
    public Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public BatchSize batchSize() {
        return batchSize;
    }

    @Override
    public boolean admitLargeValue(long bytes) {
        return true;
    }

    @Override
    public void reject(RejectedRecord record) {
        throw new AssertionError("nothing is rejected: " + record.reason());
    }

    @Override
    public void changed(String field, ValueChange.Change change, ValueChange.Reason reason) {
        changes.add(field + " " + change + " " + reason);
    }
}
