package dev.sluice.engine.fake;

import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ChecksumRead;
import dev.sluice.spi.source.ChecksumTask;
import dev.sluice.spi.source.Checksums;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A source whose streams are lists of splits, and whose splits are lists of steps.
 *
 * <p>An incremental read goes by the number of splits: a position names how many were there, and what came later is new.
 */
public final class FakeSource implements Source {
    /** Where the positions of this source belong to. */
    public static final String IDENTITY = "fake";

    private final Hook hook;
    private final Map<StreamId, CatalogStream> catalog = new LinkedHashMap<>();
    private final Map<StreamId, List<List<Step>>> splits = new ConcurrentHashMap<>();
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final Map<StreamId, String> standing = new ConcurrentHashMap<>();
    private final List<ReadStart> starts = new CopyOnWriteArrayList<>();
    private final List<SyncMode> modes = new CopyOnWriteArrayList<>();
    private final Map<String, Long> mended = new ConcurrentHashMap<>();
    private volatile @Nullable String cannotResume;
    private volatile long countedTooMany;
    private volatile boolean learns;
    private volatile @Nullable Summing summing;

    /** What is said about the rows of a stream; null if they cannot be summed after all. */
    public interface Summing {
        /** Sums. */
        @Nullable
        Checksums sum();

        /** Hears that nobody waits for it any more. */
        default void cancel() {}
    }

    public FakeSource(Hook hook) {
        this.hook = hook;
    }

    /** Adds a stream without splits. */
    public FakeSource with(CatalogStream stream) {
        catalog.put(stream.id(), stream);
        splits.put(stream.id(), new CopyOnWriteArrayList<>());
        return this;
    }

    /** Adds a split to a stream. */
    public FakeSource split(String stream, Step... steps) {
        Objects.requireNonNull(splits.get(StreamId.of(stream))).add(List.of(steps));
        return this;
    }

    /** Makes the source refuse to go on with an interrupted read. */
    public void refuseToResume(String why) {
        cannotResume = why;
    }

    /** Makes the source know where a stream stands only once its splits are read. */
    public FakeSource learning() {
        learns = true;
        return this;
    }

    /** Makes the source say this where rows are to be summed. */
    public FakeSource summing(@Nullable Summing said) {
        summing = said;
        return this;
    }

    @Override
    public @Nullable ChecksumTask checksums(ChecksumRead read) {
        Summing said = summing;
        return said == null
                ? null
                : new ChecksumTask() {
                    @Override
                    public @Nullable Checksums run() {
                        return said.sum();
                    }

                    @Override
                    public void cancel() {
                        said.cancel();
                    }

                    @Override
                    public void close() {}
                };
    }

    /** Makes a rejected record readable: as a row with this value. */
    public void mend(String place, long value) {
        mended.put(place, value);
    }

    /** Makes the source claim to have sent more rows than it did. */
    public void claimMore(long rows) {
        countedTooMany = rows;
    }

    /** What the source heard of commits, as {@code stream@position}. */
    public List<String> acknowledged() {
        return acknowledged;
    }

    /** From where reads were planned. */
    public List<ReadStart> starts() {
        return starts;
    }

    /** In which modes reads were planned. */
    public List<SyncMode> modes() {
        return modes;
    }

    @Override
    public CheckReport check() {
        return new CheckReport(List.of(CheckReport.Step.ok("look", null)));
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        return new Catalog(List.copyOf(catalog.values()));
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        hook.at("source.plan " + read.stream().id());
        starts.add(start);
        modes.add(read.mode());
        List<List<Step>> all = Objects.requireNonNull(splits.get(read.stream().id()));
        return switch (start) {
            case ReadStart.Beginning ignored -> planned(0, all.size());
            case ReadStart.After(Position position) -> planned(Integer.parseInt(position.value()), all.size());
            case ReadStart.Resume resume ->
                cannotResume == null
                        ? new PlanResult.Planned(new Held(resume.plan()))
                        : new PlanResult.CannotResume(cannotResume);
        };
    }

    private PlanResult planned(int from, int to) {
        List<Split> parts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            parts.add(new Split("s" + i, Integer.toString(i), new Estimate(10, 100)));
        }
        return new PlanResult.Planned(
                new Held(new ReadPlan("token", parts, learns ? null : new Position(IDENTITY, Integer.toString(to)))));
    }

    @Override
    public @Nullable Position end(StreamRead read, ReadPlan plan, Map<String, SplitProgress> ended) {
        if (!learns) {
            return plan.end();
        }
        int last = plan.splits().stream()
                .map(split -> Objects.requireNonNull(ended.get(split.id())))
                .mapToInt(split -> Integer.parseInt(Objects.requireNonNull(split.position())))
                .max()
                .orElseThrow();
        return new Position(IDENTITY, Integer.toString(last));
    }

    private record Held(ReadPlan plan) implements PlannedRead {
        @Override
        public void close() {}
    }

    @Override
    public SplitReader open(StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext context) {
        StreamId stream = read.stream().id();
        hook.at("source.open " + stream);
        List<Step> steps = Objects.requireNonNull(splits.get(stream)).get(Integer.parseInt(split.payload()));
        int first = after == null ? 0 : Integer.parseInt(after);
        FakeReader reader = new FakeReader(
                read.schema(), steps, first, context, countedTooMany, () -> hook.at("source.read " + stream));
        return learns ? reader.endingAt(Integer.parseInt(split.payload()) + 1) : reader;
    }

    @Override
    public @Nullable RecordBatch reread(StreamRead read, RejectedRecord record, ReadContext context) {
        hook.at("source.reread " + read.stream().id());
        Long value = mended.get(record.place());
        if (value == null) {
            context.reject(new RejectedRecord("elsewhere", "STILL", "it is bad still", record.original()));
            return null;
        }
        return new FakeReader(read.schema(), List.of(Step.rows(value)), 0, context, 0, () -> {}).read();
    }

    @Override
    public void standing(Map<StreamId, Position> positions) {
        positions.forEach((stream, position) -> standing.put(stream, position.value()));
    }

    /** Where the streams stand, as the source heard. */
    public Map<StreamId, String> standing() {
        return Map.copyOf(standing);
    }

    @Override
    public void committed(StreamId stream, Position position) {
        hook.at("source.committed " + stream);
        acknowledged.add(stream + "@" + position.value());
    }

    @Override
    public void close() {}

    static RuntimeException cancelled() {
        return Problem.of("E_FAKE_CANCELLED", ProblemKind.CANCELLED, "the read was cancelled")
                .exception();
    }
}
