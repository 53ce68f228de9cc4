package dev.sluice.airbyte.serve;

import dev.sluice.airbyte.message.RecordLines;
import dev.sluice.airbyte.message.UnseenDeletes;
import dev.sluice.cdk.sql.UnchangedValues;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads one stream to its end: records, and a state at the safe points of the source and at its end. For one thread. */
final class StreamReads implements ReadContext {
    private static final int CHUNK_BYTES = 64 << 10;
    private static final long STATE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final BatchSize BATCHES = new BatchSize(8192, 1 << 20);

    /** I6: what a value may take, of a process that does little else. */
    private static final long LARGEST_VALUE = 256L << 20;

    private final Source source;
    private final StreamRead read;
    private final Messages messages;
    private final StreamId stream;
    private final RecordLines lines;
    private final ByteSink out = new ByteSink(2 * CHUNK_BYTES);
    private final Map<String, SplitProgress> progress = new HashMap<>();
    private final StateMessages states;
    private long lastState = System.nanoTime();
    private boolean running;

    StreamReads(Source source, StreamRead read, ServedContext context, StateMessages states) {
        this.source = source;
        this.read = read;
        this.messages = context.messages();
        this.states = states;
        this.stream = read.stream().id();
        this.lines = new RecordLines(stream, read.schema());
    }

    void run(ReadState state) {
        states.begin();
        boolean full = read.mode() == SyncMode.FULL_REFRESH;
        Position from = full ? null : state.position();
        ReadState.Unfinished open = state.unfinished();
        if (full && open != null && open.isRead()) {
            // All rows were told with this state; only that they are all was not heard.
            state(state);
            return;
        }
        PlanResult result = open == null
                ? source.plan(read, from == null ? new ReadStart.Beginning() : new ReadStart.After(from))
                : source.plan(read, new ReadStart.Resume(open.plan(), open.from(), open.progress()));
        if (open != null && result instanceof PlanResult.CannotResume(String why)) {
            result = anew(open, why, full);
        } else if (open != null) {
            progress.putAll(open.progress());
            from = open.from();
        }
        if (!(result instanceof PlanResult.Planned(PlannedRead planned))) {
            throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "the source refused to begin a read")
                    .exception();
        }
        try (planned) {
            readAll(planned.plan(), from);
        }
    }

    /** Nobody can tell an orchestrator to forget rows: a copy that must not hold any twice is not begun a second time. */
    private PlanResult anew(ReadState.Unfinished open, String why, boolean full) {
        if (full) {
            throw Problem.of(
                            "E_CANNOT_RESUME",
                            ProblemKind.CONFIG,
                            "the interrupted read of " + stream + " cannot go on")
                    .because(why)
                    .fix("clear or refresh the stream in the orchestrator, so that it is read from the beginning")
                    .exception();
        }
        messages.log(
                Level.WARNING, "the interrupted read of " + stream + " is done anew, so rows may come again: " + why);
        Position from = open.from();
        return source.plan(read, from == null ? new ReadStart.Beginning() : new ReadStart.After(from));
    }

    private void readAll(ReadPlan plan, @Nullable Position from) {
        messages.estimate(stream, sum(plan));
        for (Split split : plan.splits()) {
            SplitProgress done = progress.get(split.id());
            if (done == null || !done.finished()) {
                readSplit(plan, from, split, done);
            }
        }
        Position end = source.end(read, plan, progress);
        state(read.mode() == SyncMode.FULL_REFRESH ? copied(plan) : new ReadState(end, null));
    }

    /** A copy that can go on must not begin anew where its last state was kept and the word COMPLETE was not heard. */
    private ReadState copied(ReadPlan plan) {
        return read.stream().resumable()
                ? new ReadState(null, new ReadState.Unfinished(null, plan, progress))
                : ReadState.NOTHING;
    }

    private static Estimate sum(ReadPlan plan) {
        long rows = 0;
        for (Split split : plan.splits()) {
            if (split.estimate().rows() == Estimate.UNKNOWN) {
                return Estimate.NONE;
            }
            rows += split.estimate().rows();
        }
        return new Estimate(rows, Estimate.UNKNOWN);
    }

    private void readSplit(ReadPlan plan, @Nullable Position from, Split split, @Nullable SplitProgress done) {
        long rows = done == null ? 0 : done.rows();
        long before = rows;
        try (SplitReader reader = source.open(read, plan, split, done == null ? null : done.position(), this)) {
            RecordBatch batch = reader.read();
            while (batch != null) {
                write(batch);
                rows += batch.rows();
                if (System.nanoTime() - lastState >= STATE_NANOS) {
                    String position = reader.position();
                    if (position != null) {
                        progress.put(split.id(), new SplitProgress(position, false, rows));
                        state(new ReadState(null, new ReadState.Unfinished(from, plan, progress)));
                    }
                }
                batch = reader.read();
            }
            requireReported(reader.reportedRows(), rows - before);
            progress.put(split.id(), new SplitProgress(reader.end(), true, rows));
        }
        if (System.nanoTime() - lastState >= STATE_NANOS) {
            state(new ReadState(null, new ReadState.Unfinished(from, plan, progress)));
        }
    }

    /** I7: what the source says it sent must have arrived. */
    private void requireReported(long reported, long rows) {
        if (reported != SplitReader.NOT_REPORTED && reported != rows) {
            throw Problem.of(
                            "E_SOURCE_COUNT",
                            ProblemKind.INTEGRITY,
                            "the source sent " + reported + " rows and " + rows + " arrived")
                    .at(stream.toString())
                    .exception();
        }
    }

    private void write(RecordBatch batch) {
        if (!running) {
            running = true;
            messages.status(stream, "RUNNING");
        }
        UnchangedValues.refuse(batch);
        UnseenDeletes.refuse(batch, stream);
        List<ValueChange> marked = new ArrayList<>(batch.changes());
        marked.addAll(lines.misfits(batch));
        lines.bind(batch, marked);
        for (int row = 0; row < batch.rows(); row++) {
            lines.append(out, row);
            if (out.size() >= CHUNK_BYTES) {
                drain();
            }
        }
        drain();
        messages.flush();
        states.sent(batch.rows());
    }

    private void drain() {
        messages.lines(out);
        out.clear();
    }

    private void state(ReadState state) {
        states.tell(stream, state);
        lastState = System.nanoTime();
    }

    @Override
    public BatchSize batchSize() {
        return BATCHES;
    }

    @Override
    public boolean admitLargeValue(long bytes) {
        return bytes <= LARGEST_VALUE;
    }

    /** The protocol has no place for a record that cannot be read, and none may be lost in silence (I7). */
    @Override
    public void reject(RejectedRecord record) {
        throw Problem.of("E_RECORD_REJECTED", ProblemKind.DATA, "a record cannot be read")
                .at(record.place())
                .because(record.reason())
                .fix("mend the record in the source; with Sluice itself such records can be kept aside")
                .exception();
    }

    /** A value that cannot be read becomes null and is marked, as the protocol has it. */
    @Override
    public boolean annotates() {
        return true;
    }
}
