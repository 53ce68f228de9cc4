package dev.sluice.airbyte.destination;

import dev.sluice.airbyte.message.RecordLines;
import dev.sluice.airbyte.message.UnseenDeletes;
import dev.sluice.airbyte.program.ConnectorProgram;
import dev.sluice.cdk.sql.UnchangedValues;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a program writes. A commit is a state that is sent after its rows; it is durable when the program gives the state back
 * (I3). The process begins with the first writer, and ends when the stream is published, left off or closed.
 */
final class AirbyteTarget implements Target {
    private static final int CHUNK_BYTES = 64 << 10;

    private final ConnectorProgram program;
    private final TargetSpec spec;
    private final DestinationSyncMode mode;
    private final AirbyteDestination.Options options;
    private final Runnable release;
    private final WriteMessages messages;
    private final Acknowledgements acknowledged;
    private @Nullable Writing writing;

    AirbyteTarget(
            ConnectorProgram program,
            TargetSpec spec,
            DestinationSyncMode mode,
            AirbyteDestination.Options options,
            Runnable release) {
        this.program = program;
        this.spec = spec;
        this.mode = mode;
        this.options = options;
        this.release = release;
        this.messages = new WriteMessages(WriteMessages.name(spec));
        this.acknowledged = new Acknowledgements(spec.name().toString());
    }

    private synchronized Writing writing() {
        Writing begun = writing;
        if (begun == null) {
            begun = new Writing(
                    program,
                    program.start("write", Map.of("catalog", messages.catalog(spec, mode))),
                    acknowledged,
                    options.finishMillis());
            writing = begun;
        }
        return begun;
    }

    private synchronized @Nullable Writing begun() {
        return writing;
    }

    @Override
    public Writer writer(WriteContext context) {
        return new LineWriter(writing(), context);
    }

    /** The state is on its way since it was prepared. */
    @Override
    public void commit(Committable committable) {
        writing().flush();
    }

    @Override
    public boolean isDurable(Committable committable) {
        return acknowledged.has(Long.parseLong(committable.handle()));
    }

    @Override
    public void leaveOff() {
        Writing begun = begun();
        if (begun != null) {
            begun.leaveOff(options.graceMillis());
        }
    }

    @Override
    public void publish(long expectedRows, @Nullable Position end) {
        Writing begun = writing();
        if (acknowledged.sent() == 0) {
            byte[] state = messages.state(acknowledged.send(0), 0);
            begun.send(state, state.length);
        }
        begun.finish(
                messages.complete(program.context().clock().millis()), options.finishMillis(), options.graceMillis());
    }

    /** Nobody can tell a program to forget rows; those of an interrupted read stay and come again. */
    @Override
    public void discard() {
        program.log("rows of an interrupted read of " + spec.stream() + " that the destination has taken stay there");
    }

    @Override
    public void close() {
        Writing begun = begun();
        if (begun != null) {
            begun.close();
        }
        release.run();
    }

    /** Turns batches into lines. */
    private final class LineWriter implements Writer {
        private final Writing to;
        private final WriteContext context;
        private final RecordLines lines = new RecordLines(WriteMessages.name(spec), spec.schema());
        private final ByteSink out = new ByteSink(2 * CHUNK_BYTES);
        private long rows;
        private long bytes;

        LineWriter(Writing to, WriteContext context) {
            this.to = to;
            this.context = context;
        }

        @Override
        public List<ValueChange> misfits(RecordBatch batch) {
            return lines.misfits(batch);
        }

        @Override
        public void write(RecordBatch batch) {
            UnchangedValues.refuse(batch);
            UnseenDeletes.refuse(batch, spec.stream());
            List<ValueChange> misfits = lines.misfits(batch);
            misfits.forEach(each -> context.changed(each.field(), each.change(), each.reason()));
            List<ValueChange> marked = new ArrayList<>(batch.changes());
            marked.addAll(misfits);
            lines.bind(batch, marked);
            for (int row = 0; row < batch.rows(); row++) {
                lines.append(out, row);
                if (out.size() >= CHUNK_BYTES) {
                    drain();
                }
            }
            rows += batch.rows();
        }

        private void drain() {
            to.send(out.bytes(), out.size());
            bytes += out.size();
            out.clear();
        }

        @Override
        public Committable prepare(Marker marker) {
            long number = acknowledged.send(rows);
            out.put(messages.state(number, rows));
            drain();
            Committable prepared = new Committable(marker, rows, 0, bytes, Long.toString(number));
            rows = 0;
            bytes = 0;
            return prepared;
        }

        @Override
        public void cancel() {
            to.close();
        }

        /** The lines that were sent stay; without a state behind them they do not count. */
        @Override
        public void close() {
            out.clear();
        }
    }
}
