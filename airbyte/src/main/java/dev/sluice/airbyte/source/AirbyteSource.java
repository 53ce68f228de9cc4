package dev.sluice.airbyte.source;

import dev.sluice.airbyte.message.State;
import dev.sluice.airbyte.program.ConnectorProgram;
import dev.sluice.cdk.cells.BatchFiller;
import dev.sluice.cdk.cells.Binding;
import dev.sluice.cdk.cells.JsonColumns;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.DiscoverScope;
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
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connector that speaks the Airbyte protocol. A stream is one split; its position is the state that the connector told last, which only
 * the connector understands.
 */
final class AirbyteSource implements Source {
    private static final String SPLIT = "stream";

    private final ConnectorProgram program;
    private final Readings readings;
    private @Nullable Discovered discovered;

    /**
     * A source.
     *
     * @param quietMillis how long it may tell neither a record nor a state while something of it is waited for
     */
    AirbyteSource(ConnectorProgram program, long quietMillis) {
        this.program = program;
        this.readings = new Readings(program, quietMillis);
    }

    private String identity() {
        return program.settings().launch().identity();
    }

    @Override
    public CheckReport check() {
        return program.check();
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        Discovered found = Discovered.of(program.discover());
        remember(found);
        return found.catalog(scope);
    }

    private synchronized void remember(Discovered found) {
        discovered = found;
    }

    private synchronized Discovered known() {
        return discovered == null ? new Discovered(Map.of()) : discovered;
    }

    @Override
    public void expect(List<StreamRead> reads) {
        readings.expect(reads);
    }

    @Override
    public void standing(Map<StreamId, Position> positions) {
        Map<StreamId, String> states = new HashMap<>();
        positions.forEach((stream, position) -> states.put(stream, position.value()));
        readings.standing(states);
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        return switch (start) {
            case ReadStart.Beginning() -> planned(new ReadPlan("", splits(), null));
            case ReadStart.After(Position position) -> {
                requireOwn(read, position);
                yield planned(new ReadPlan(position.value(), splits(), null));
            }
            case ReadStart.Resume resume -> {
                SplitProgress done = resume.progress().get(SPLIT);
                // Without a state nobody knows what came before the interruption, so it has to come again.
                boolean knows = done == null || done.finished() || done.position() != null;
                yield knows
                        ? planned(resume.plan())
                        : new PlanResult.CannotResume("the connector told no state before it was interrupted");
            }
        };
    }

    private static List<Split> splits() {
        return List.of(new Split(SPLIT, "", new Estimate(Estimate.UNKNOWN, Estimate.UNKNOWN)));
    }

    private static PlanResult planned(ReadPlan plan) {
        return new PlanResult.Planned(new PlannedRead() {
            @Override
            public ReadPlan plan() {
                return plan;
            }

            @Override
            public void close() {
                // Nothing is held for a plan.
            }
        });
    }

    /** I4. */
    private void requireOwn(StreamRead read, Position position) {
        if (!position.identity().equals(identity())) {
            throw Problem.of("E_POSITION_FOREIGN", ProblemKind.INTEGRITY, "the saved position is of another connector")
                    .at(read.stream().id().toString())
                    .because("it is of " + position.identity() + ", and this is " + identity())
                    .fix("read the stream anew: `sluice state rewind --stream "
                            + read.stream().id() + "`")
                    .exception();
        }
        if (!State.Kept.isOne(position.value())) {
            throw Problem.of("E_POSITION_FOREIGN", ProblemKind.INTEGRITY, "the saved position is none of a connector")
                    .at(read.stream().id().toString())
                    .because("it holds no state")
                    .fix("read the stream anew: `sluice state rewind --stream "
                            + read.stream().id() + "`")
                    .exception();
        }
    }

    @Override
    public SplitReader open(
            StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext readContext) {
        String state = after != null ? after : plan.token().isEmpty() ? null : plan.token();
        List<Field> fields = new ArrayList<>(read.schema().fields());
        if (read.schema().indexOf(JsonColumns.EXTRA).isEmpty()) {
            // What is not selected, or not in the schema of the stream, is left out.
            fields.add(new Field(JsonColumns.EXTRA, new DataType.JsonType()));
        }
        JsonColumns columns = new JsonColumns(
                fields,
                name -> read.schema().indexOf(name).isPresent(),
                Set.copyOf(read.schema().names()));
        Feed feed = readings.feed(known(), read, state);
        RecordBlocks blocks = new RecordBlocks(feed, columns);
        List<Binding> bindings = new ArrayList<>();
        for (int i = 0; i < read.schema().size(); i++) {
            bindings.add(new Binding.Spoken(i));
        }
        BatchFiller filler = new BatchFiller(
                blocks,
                columns.size(),
                read.schema(),
                bindings,
                new Annotating(readContext),
                new BatchFiller.Place(
                        read.stream().id().toString(), "", program.context().clock()));
        boolean keepsStates =
                read.mode() == SyncMode.INCREMENTAL || read.stream().resumable();
        return new FeedReader(filler, blocks, feed, readContext, keepsStates);
    }

    /** A value that is none of its type becomes null and is marked, as the protocol has it; its record arrives. */
    private record Annotating(ReadContext host) implements ReadContext {
        @Override
        public BatchSize batchSize() {
            return host.batchSize();
        }

        @Override
        public boolean admitLargeValue(long bytes) {
            return host.admitLargeValue(bytes);
        }

        @Override
        public void reject(RejectedRecord record) {
            host.reject(record);
        }

        @Override
        public void expect(long rows) {
            host.expect(rows);
        }

        @Override
        public boolean annotates() {
            return true;
        }
    }

    @Override
    public @Nullable Position end(StreamRead read, ReadPlan plan, Map<String, SplitProgress> ended) {
        if (read.mode() == SyncMode.FULL_REFRESH) {
            return null;
        }
        SplitProgress done = ended.get(SPLIT);
        String last = done == null || done.position() == null ? plan.token() : done.position();
        return last.isEmpty() ? null : new Position(identity(), last);
    }

    @Override
    public void close() {
        readings.close();
    }
}
