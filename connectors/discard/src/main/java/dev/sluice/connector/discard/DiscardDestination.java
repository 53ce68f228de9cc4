package dev.sluice.connector.discard;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.runtime.CheckReport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** A configured destination that keeps nothing, and so needs nothing to be there. */
final class DiscardDestination implements Destination {
    private static final int MOST_WRITERS = 64;

    private final DiscardOptions.Limits limits;

    DiscardDestination(DiscardOptions.Limits limits) {
        this.limits = limits;
    }

    /** All modes, operations and unchanged values: whatever comes is thrown away. */
    @Override
    public DestinationTraits traits() {
        return new DestinationTraits(EnumSet.allOf(DestinationSyncMode.class), true, true, true, false, MOST_WRITERS);
    }

    @Override
    public CheckReport check() {
        return new CheckReport(List.of(CheckReport.Step.ok("discard", "nothing is kept")));
    }

    @Override
    public TargetPlan plan(TargetSpec spec) {
        List<ColumnPlan> columns = spec.schema().fields().stream()
                .map(field -> new ColumnPlan(
                        field, field.name(), field.type().notation(), Fit.EXACT, ColumnPlan.Action.CREATE, null))
                .toList();
        return new TargetPlan(location(spec.name()), TargetPlan.Action.CREATE, columns, Guarantee.NONE, notes());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (limits.fails()) {
            notes.add("the destination is told to fail after " + limits.failAfterRows() + " rows");
        }
        if (limits.hasRate()) {
            notes.add("the destination is told to take no more than " + limits.rowsPerSecond() + " rows a second");
        }
        return notes;
    }

    /** Two names never have one location. */
    private static String location(TargetName name) {
        return name.namespace() == null ? part(name.name()) : part(name.namespace()) + "." + part(name.name());
    }

    private static String part(String name) {
        boolean plain = name.indexOf('.') < 0 && name.indexOf('"') < 0;
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public Optional<Ledger> ledger(TargetSpec spec) {
        return Optional.empty();
    }

    @Override
    public Target open(TargetSpec spec) {
        return new DiscardTarget(location(spec.name()), limits);
    }

    @Override
    public void close() {}
}
