package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.text.TextFormat;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Position;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, for pipes. What is written is gone, so each run copies everything, and an interrupted one begins anew:
 * the ledger of this destination never knows anything.
 */
final class StandardOutput implements Destination {
    private static final String PLACE = "standard output";

    private final TextFormat format;
    private final boolean metadata;
    private final OutputStream out;
    private final ConnectorContext context;
    private final AtomicBoolean taken = new AtomicBoolean();

    /**
     * Makes the destination.
     *
     * @param metadata true if rows carry their metadata
     */
    StandardOutput(TextFormat format, boolean metadata, OutputStream out, ConnectorContext context) {
        this.format = format;
        this.metadata = metadata;
        this.out = out;
        this.context = context;
    }

    @Override
    public DestinationTraits traits() {
        return new DestinationTraits(Set.of(DestinationSyncMode.OVERWRITE), false, false, false, true, 1);
    }

    @Override
    public CheckReport check() {
        return new CheckReport(List.of(CheckReport.Step.ok("write", PLACE)));
    }

    @Override
    public TargetPlan plan(TargetSpec spec) {
        if (!traits().modes().contains(spec.mode().mode())) {
            throw Problem.of(
                            "E_MODE_UNSUPPORTED",
                            ProblemKind.CONFIG,
                            "standard output cannot be written in the mode "
                                    + spec.mode().mode())
                    .at(spec.stream().toString())
                    .because("what was printed once cannot be added to")
                    .fix("use full_refresh_overwrite")
                    .exception();
        }
        ColumnLayout columns = columns(spec);
        return new TargetPlan(PLACE, TargetPlan.Action.CREATE, columns.plans(), Guarantee.NONE, List.of());
    }

    private ColumnLayout columns(TargetSpec spec) {
        ColumnLayout columns = ColumnLayout.create(spec.schema(), format.types(), metadata);
        format.requireColumns(columns);
        return columns;
    }

    @Override
    public Optional<Ledger> ledger(TargetSpec spec) {
        return Optional.empty();
    }

    @Override
    public Target open(TargetSpec spec) {
        plan(spec);
        if (!taken.compareAndSet(false, true)) {
            throw Problem.of("E_TARGET_BUSY", ProblemKind.CONFLICT, "another stream is being printed")
                    .at(PLACE)
                    .fix("copy one stream at a time")
                    .exception();
        }
        return new Printing(spec);
    }

    @Override
    public void close() {
        // The stream belongs to the process.
    }

    private final class Printing implements Target {
        private final RowFiles lines;

        Printing(TargetSpec spec) {
            lines = format.print(columns(spec), spec.generation(), out, context.clock());
        }

        @Override
        public Writer writer(WriteContext writeContext) {
            return new Printer(lines);
        }

        @Override
        public void commit(Committable committable) {
            // It was printed when it was prepared.
        }

        @Override
        public void publish(long expectedRows, @Nullable Position end) {
            lines.prepare(); // a stream without rows has its header
        }

        @Override
        public void discard() {
            // What is printed cannot be taken back.
        }

        @Override
        public void close() {
            taken.set(false);
        }
    }

    private record Printer(RowFiles lines) implements Writer {
        @Override
        public void write(RecordBatch batch) {
            lines.write(batch);
        }

        @Override
        public Committable prepare(Marker marker) {
            return new Committable(marker, lines.prepare().rows(), 0, 0, "");
        }

        @Override
        public void cancel() {
            lines.cancel();
        }

        @Override
        public void close() {
            lines.close();
        }
    }
}
