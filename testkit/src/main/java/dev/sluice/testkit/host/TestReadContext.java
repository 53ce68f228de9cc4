package dev.sluice.testkit.host;

import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import java.util.ArrayList;
import java.util.List;

/** The host of a split reader under test. For the thread of the reader; what it kept can be read after it ended. */
public final class TestReadContext implements ReadContext {
    private final BatchSize batchSize;
    private final long largestValue;
    private final List<RejectedRecord> rejects = new ArrayList<>();
    private final List<Long> admissions = new ArrayList<>();
    private boolean annotates;
    private long expectedRows = -1;

    /** A host that takes values of any size. */
    public TestReadContext(BatchSize batchSize) {
        this(batchSize, Long.MAX_VALUE);
    }

    /**
     * A host that refuses large values.
     *
     * @param batchSize when a batch is full
     * @param largestValue the size in bytes up to which a value is admitted
     */
    public TestReadContext(BatchSize batchSize, long largestValue) {
        this.batchSize = batchSize;
        this.largestValue = largestValue;
    }

    /** Wants values that cannot be read as nulls with a mark. */
    public TestReadContext annotating() {
        annotates = true;
        return this;
    }

    @Override
    public boolean annotates() {
        return annotates;
    }

    @Override
    public BatchSize batchSize() {
        return batchSize;
    }

    @Override
    public boolean admitLargeValue(long bytes) {
        admissions.add(bytes);
        return bytes <= largestValue;
    }

    @Override
    public void reject(RejectedRecord record) {
        rejects.add(record);
    }

    @Override
    public void expect(long rows) {
        expectedRows = rows;
    }

    /** How many rows the source expects; -1 if it never told. */
    public long expectedRows() {
        return expectedRows;
    }

    /** The records that the source rejected. */
    public List<RejectedRecord> rejects() {
        return List.copyOf(rejects);
    }

    /** The sizes in bytes of the large values for which the source asked permission. */
    public List<Long> admissions() {
        return List.copyOf(admissions);
    }
}
