package dev.sluice.engine.fake;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.destination.ReadBack;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A destination of tables of numbers. Names are lower-cased, as many databases do; a column of type {@code unknown} is
 * lossy.
 */
public final class FakeDestination implements Destination {
    private volatile FakeSource.@Nullable Summing summing;
    private final Hook hook;
    private final Map<String, FakeTable> tables;
    private final DestinationTraits traits;
    private volatile List<ObjectOperation> operations = List.of();
    private volatile long miscount;
    private volatile FakeTarget.Tastes tastes = FakeTarget.Tastes.NONE;

    private FakeDestination(Hook hook, Map<String, FakeTable> tables, DestinationTraits traits) {
        this.hook = hook;
        this.tables = tables;
        this.traits = traits;
    }

    /** An empty one that can do everything. */
    public static FakeDestination empty(Hook hook) {
        return new FakeDestination(
                hook,
                new ConcurrentHashMap<>(),
                new DestinationTraits(
                        Set.of(
                                DestinationSyncMode.APPEND,
                                DestinationSyncMode.OVERWRITE,
                                DestinationSyncMode.APPEND_DEDUP,
                                DestinationSyncMode.OVERWRITE_DEDUP),
                        true,
                        true,
                        true,
                        true,
                        4));
    }

    /** The same with objects that can be written. */
    public FakeDestination with(ObjectOperation... offered) {
        operations = List.of(offered);
        return this;
    }

    @Override
    public List<ObjectOperation> operations(@Nullable String object) {
        return operations.stream()
                .filter(each -> object == null || each.object().equals(object))
                .toList();
    }

    /** The same tables behind another connection. */
    public FakeDestination reopened(Hook other) {
        FakeDestination again = new FakeDestination(other, tables, traits);
        again.tastes = tastes;
        return again;
    }

    /** The same tables behind a destination that can do other things. */
    public FakeDestination with(DestinationTraits other) {
        return new FakeDestination(hook, tables, other);
    }

    /** Makes it report more written rows than it wrote. */
    public void miscount(long rows) {
        miscount = rows;
    }

    /** Makes it refuse values. */
    public void refuse(Long... values) {
        tastes = new FakeTarget.Tastes(Set.of(values), tastes.altered(), tastes.foresees());
    }

    /**
     * Makes it write values as null.
     *
     * @param foresees true if it knows that before
     */
    public void alter(boolean foresees, Long... values) {
        tastes = new FakeTarget.Tastes(tastes.refused(), Set.of(values), foresees);
    }

    /** The visible rows of a table, sorted. */
    public List<Long> rows(String table) {
        FakeTable found = tables.get(table);
        return found == null ? List.of() : found.visible();
    }

    /** A table, for tests that damage it. */
    public FakeTable table(String table) {
        return tables.computeIfAbsent(table, name -> new FakeTable());
    }

    /** Forgets a table and its ledger, as if somebody had dropped both. */
    public void drop(String table) {
        tables.remove(table);
    }

    @Override
    public DestinationTraits traits() {
        return traits;
    }

    @Override
    public CheckReport check() {
        return new CheckReport(List.of(CheckReport.Step.ok("write", null)));
    }

    @Override
    public TargetPlan plan(TargetSpec spec) {
        FakeTable table = tables.get(location(spec));
        boolean replaced = spec.mode().mode().overwrites() || spec.generation().truncates();
        Map<String, DataType> existing = table == null || replaced ? null : table.columns();
        List<ColumnPlan> columns = spec.schema().fields().stream()
                .map(field -> column(field, existing))
                .toList();
        TargetPlan.Action action = table == null
                ? TargetPlan.Action.CREATE
                : replaced ? TargetPlan.Action.REPLACE : TargetPlan.Action.EXTEND;
        return new TargetPlan(location(spec), action, columns, Guarantee.EXACTLY_ONCE, List.of());
    }

    private static ColumnPlan column(Field field, @Nullable Map<String, DataType> existing) {
        Fit fit = field.type() instanceof DataType.UnknownType ? Fit.LOSSY : Fit.EXACT;
        return new ColumnPlan(field, field.name(), "any", fit, action(field, existing), null);
    }

    /** Numbers become wider in place; no column holds a number and something else. */
    private static ColumnPlan.Action action(Field field, @Nullable Map<String, DataType> existing) {
        if (existing == null) {
            return ColumnPlan.Action.CREATE;
        }
        DataType there = existing.get(field.name());
        if (there == null) {
            return ColumnPlan.Action.ADD;
        }
        if (there.equals(field.type())) {
            return ColumnPlan.Action.KEEP;
        }
        if (there instanceof DataType.IntType(int old) && field.type() instanceof DataType.IntType(int now)) {
            return now > old ? ColumnPlan.Action.WIDEN : ColumnPlan.Action.KEEP;
        }
        throw Problem.of("E_TYPE_CHANGED", ProblemKind.DATA, "the column " + field.name() + " cannot hold both")
                .exception();
    }

    private static String location(TargetSpec spec) {
        return spec.name().toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<Ledger> ledger(TargetSpec spec) {
        hook.at("destination.ledger " + spec.stream());
        FakeTable table = tables.get(location(spec));
        return table == null ? Optional.empty() : table.ledger();
    }

    @Override
    public Target open(TargetSpec spec) {
        StreamId stream = spec.stream();
        hook.at("destination.open " + stream);
        FakeTable table = table(location(spec));
        table.begin(spec);
        return new FakeTarget(table, spec, step -> hook.at(step + " " + stream), miscount, tastes);
    }

    /** Makes the place of the copies say this where rows are to be summed. */
    public void summing(FakeSource.Summing said) {
        summing = said;
    }

    @Override
    public ReadBack readBack(TargetSpec spec) {
        List<Long> rows = table(location(spec)).visible();
        StreamId stored = StreamId.of(location(spec));
        return new ReadBack(
                new FakeSource(hook)
                        .summing(summing)
                        .with(Wishes.stream(stored.name()))
                        .split(stored.name(), new Step.Rows(rows)),
                stored);
    }

    @Override
    public void close() {}
}
