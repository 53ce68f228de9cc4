package dev.sluice.airbyte.serve;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.testkit.rows.Rows;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A destination of one table in memory, which survives the processes that write it. For one thread. */
final class Lake implements DestinationConnector {
    private final List<String> events = new ArrayList<>();
    private final List<String> published = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();
    private final Map<String, SplitProgress> splits = new HashMap<>();
    private @Nullable TargetSpec spec;
    private boolean isPublished;

    /** What was done, in order. */
    List<String> events() {
        return List.copyOf(events);
    }

    /** What a reader sees. */
    List<String> rows() {
        List<String> rows = new ArrayList<>(published);
        if (spec != null && !spec.generation().truncates()) {
            rows.addAll(unfinished);
        }
        return rows;
    }

    @Override
    public String name() {
        return "lake";
    }

    @Override
    public String title() {
        return "Lake";
    }

    @Override
    public String summary() {
        return "A table.";
    }

    @Override
    public String spec() {
        return "{\"type\":\"object\"}";
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return Optional.empty();
    }

    @Override
    public Destination open(Config config, ConnectorContext context) {
        return new LakeDestination();
    }

    private final class LakeDestination implements Destination {
        @Override
        public DestinationTraits traits() {
            return new DestinationTraits(EnumSet.allOf(DestinationSyncMode.class), true, true, false, true, 1);
        }

        @Override
        public CheckReport check() {
            return new CheckReport(List.of(CheckReport.Step.ok("write", null)));
        }

        @Override
        public TargetPlan plan(TargetSpec wanted) {
            return new TargetPlan("t", TargetPlan.Action.EXTEND, List.of(), Guarantee.EXACTLY_ONCE, List.of());
        }

        @Override
        public Optional<Ledger> ledger(TargetSpec wanted) {
            TargetSpec there = spec;
            if (there == null) {
                return Optional.empty();
            }
            Generation generation = there.generation();
            return Optional.of(new Ledger(
                    there.owner().connectionId(),
                    generation.id(),
                    generation.syncId(),
                    isPublished,
                    null,
                    isPublished ? Map.of() : splits));
        }

        @Override
        public Target open(TargetSpec wanted) {
            boolean continues =
                    spec != null && !isPublished && spec.generation().equals(wanted.generation());
            if (!continues) {
                unfinished.clear();
                splits.clear();
            }
            spec = wanted;
            isPublished = false;
            events.add("open " + wanted.generation().id() + "/"
                    + wanted.generation().syncId());
            return new LakeTarget();
        }

        @Override
        public void close() {}
    }

    private final class LakeTarget implements Target {
        private final List<String> prepared = new ArrayList<>();

        @Override
        public Writer writer(WriteContext context) {
            return new LakeWriter(prepared);
        }

        @Override
        public void commit(Committable committable) {
            unfinished.addAll(prepared);
            prepared.clear();
            splits.put(committable.marker().splitId(), committable.marker().progress());
            events.add("commit " + committable.rows());
        }

        @Override
        public void publish(long expectedRows, @Nullable Position end) {
            if (expectedRows != unfinished.size()) {
                throw new IllegalStateException(expectedRows + " rows expected, " + unfinished.size() + " there");
            }
            if (spec != null && spec.generation().truncates()) {
                published.clear();
            }
            published.addAll(unfinished);
            unfinished.clear();
            isPublished = true;
            events.add("publish " + expectedRows);
        }

        @Override
        public void discard() {
            unfinished.clear();
        }

        @Override
        public void close() {}
    }

    private record LakeWriter(List<String> prepared) implements Writer {
        @Override
        public void write(RecordBatch batch) {
            Rows.of(batch).forEach(row -> prepared.add(row.values().toString()));
            batch.changes()
                    .forEach(change -> prepared.set(
                            prepared.size() - batch.rows() + change.row(),
                            prepared.get(prepared.size() - batch.rows() + change.row()) + " " + change.field() + " "
                                    + change.change() + " " + change.reason()));
        }

        @Override
        public Committable prepare(Marker marker) {
            return new Committable(marker, prepared.size(), 0, 0, "");
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }
}
