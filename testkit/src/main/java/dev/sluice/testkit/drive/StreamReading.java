package dev.sluice.testkit.drive;

import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A planned read of a stream that a test carries out, as a whole or in pieces.
 *
 * <p>It keeps what an engine would have committed: after an interruption the rows behind the reader's last safe point
 * are dropped, and {@link #resume} gives the start of the read that goes on. For one thread, apart from what it starts
 * by itself.
 */
public final class StreamReading implements AutoCloseable {
    /** So small that a handful of rows makes several batches. */
    public static final BatchSize SMALL_BATCHES = new BatchSize(7, 1 << 20);

    private final Source source;
    private final StreamRead read;
    private final @Nullable Position from;
    private final PlannedRead planned;
    private final BatchSize batchSize;
    private final Map<String, SplitProgress> progress = new HashMap<>();
    private final List<RecordBatch> batches = new ArrayList<>();
    private final List<RejectedRecord> rejects = new ArrayList<>();

    private StreamReading(
            Source source, StreamRead read, @Nullable Position from, PlannedRead planned, BatchSize batchSize) {
        this.source = source;
        this.read = read;
        this.from = from;
        this.planned = planned;
        this.batchSize = batchSize;
    }

    /**
     * Plans a read.
     *
     * @param source where to read
     * @param read what to read
     * @param start from where
     * @param batchSize when the source shall hand on a batch
     * @return empty if the source cannot resume the read
     */
    public static Optional<StreamReading> plan(Source source, StreamRead read, ReadStart start, BatchSize batchSize) {
        return switch (source.plan(read, start)) {
            case PlanResult.Planned(PlannedRead planned) -> {
                StreamReading reading = new StreamReading(source, read, before(start), planned, batchSize);
                if (start instanceof ReadStart.Resume resume) {
                    reading.progress.putAll(resume.progress());
                }
                yield Optional.of(reading);
            }
            case PlanResult.CannotResume ignored -> Optional.empty();
        };
    }

    /**
     * Plans a read that must be possible, in small batches.
     *
     * @throws AssertionError if the source says that it cannot resume
     */
    public static StreamReading begin(Source source, StreamRead read, ReadStart start) {
        return plan(source, read, start, SMALL_BATCHES)
                .orElseThrow(() -> new AssertionError(
                        "the source cannot resume the read of " + read.stream().id()));
    }

    private static @Nullable Position before(ReadStart start) {
        return switch (start) {
            case ReadStart.Beginning ignored -> null;
            case ReadStart.After(Position position) -> position;
            case ReadStart.Resume resume -> resume.from();
        };
    }

    /** How the read is divided. */
    public ReadPlan plan() {
        return planned.plan();
    }

    /** The splits that are not finished. */
    public List<Split> splitsLeft() {
        return plan().splits().stream()
                .filter(split -> {
                    SplitProgress done = progress.get(split.id());
                    return done == null || !done.finished();
                })
                .toList();
    }

    /** Reads everything that is left, split after split. */
    public StreamReading readAll() {
        splitsLeft().forEach(this::readSplit);
        return this;
    }

    /** Reads a split to its end. */
    public void readSplit(Split split) {
        read(split, Integer.MAX_VALUE);
    }

    /**
     * Reads at most so many batches of a split and then lets go of it, as a run does that is interrupted.
     *
     * @return true if the split came to its end before
     */
    public boolean read(Split split, int most) {
        SplitReadResult result = readPart(split, progress.get(split.id()), most);
        keep(split, result);
        return result.progress().finished();
    }

    /**
     * Reads everything that is left with several readers side by side.
     *
     * @param threads how many splits are read at a time
     */
    public StreamReading readAllInParallel(int threads) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Map<Split, Future<SplitReadResult>> parts = new HashMap<>();
            for (Split split : splitsLeft()) {
                SplitProgress done = progress.get(split.id());
                parts.put(split, executor.submit(() -> readPart(split, done, Integer.MAX_VALUE)));
            }
            for (Map.Entry<Split, Future<SplitReadResult>> part : parts.entrySet()) {
                keep(part.getKey(), part.getValue().get());
            }
            return this;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while reading", stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new AssertionError(failed.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private record SplitReadResult(SplitProgress progress, List<RecordBatch> batches, List<RejectedRecord> rejects) {}

    private SplitReadResult readPart(Split split, @Nullable SplitProgress before, int most) {
        TestReadContext context = new TestReadContext(batchSize);
        String after = before == null ? null : before.position();
        List<RecordBatch> safe = new ArrayList<>();
        List<RecordBatch> behind = new ArrayList<>();
        long safeRows = before == null ? 0 : before.rows();
        int safeRejects = 0;
        try (SplitReader reader = source.open(read, plan(), split, after, context)) {
            for (int count = 0; count < most; count++) {
                RecordBatch batch = reader.read();
                if (batch == null) {
                    safe.addAll(behind);
                    checkReported(
                            split,
                            reader.reportedRows(),
                            Rows.of(safe).size() + context.rejects().size());
                    return new SplitReadResult(
                            new SplitProgress(reader.end(), true, safeRows + count(behind)), safe, context.rejects());
                }
                if (batch.rows() == 0) {
                    throw new AssertionError("the split " + split.id() + " gave a batch without a row");
                }
                behind.add(batch);
                String position = reader.position();
                if (position != null) {
                    after = position;
                    safeRows += count(behind);
                    safeRejects = context.rejects().size();
                    safe.addAll(behind);
                    behind.clear();
                }
            }
        }
        return new SplitReadResult(
                new SplitProgress(after, false, safeRows),
                safe,
                context.rejects().subList(0, safeRejects));
    }

    /** I7: what the source says it sent must be what arrived. */
    private static void checkReported(Split split, long reported, long arrived) {
        if (reported != SplitReader.NOT_REPORTED && reported != arrived) {
            throw new AssertionError("the split " + split.id() + " reports " + reported + " rows and gave " + arrived);
        }
    }

    private static long count(List<RecordBatch> batches) {
        return batches.stream().mapToLong(RecordBatch::rows).sum();
    }

    private void keep(Split split, SplitReadResult result) {
        progress.put(split.id(), result.progress());
        batches.addAll(result.batches());
        rejects.addAll(result.rejects());
    }

    /** How far the splits have come, as an engine would have saved it. */
    public Map<String, SplitProgress> progress() {
        Map<String, SplitProgress> begun = new HashMap<>(progress);
        begun.values().removeIf(done -> done.position() == null && !done.finished());
        return begun;
    }

    /** The start of the read that goes on where this one stopped. */
    public ReadStart.Resume resume() {
        return new ReadStart.Resume(plan(), from, progress());
    }

    /** The stream's position once everything is read. */
    public @Nullable Position end() {
        return source.end(read, plan(), progress);
    }

    /** The batches that this reading read and that an engine would have kept. */
    public List<RecordBatch> batches() {
        return List.copyOf(batches);
    }

    /** The rows of those batches. */
    public List<Row> rows() {
        return Rows.of(batches);
    }

    /** The records that the source rejected on the way. */
    public List<RejectedRecord> rejects() {
        return List.copyOf(rejects);
    }

    /** Lets go of the plan, without closing the source. */
    @Override
    public void close() {
        planned.close();
    }
}
