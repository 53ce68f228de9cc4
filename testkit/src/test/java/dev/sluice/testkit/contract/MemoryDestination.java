package dev.sluice.testkit.contract;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A destination over {@link MemoryStore} that keeps the whole contract, and with a fault exactly all of it but one thing.
 *
 * <p>Every column holds canonical text. Int8 is stored as a decimal (widened), timestamps of nanoseconds lose what is
 * finer than a microsecond (lossy), and NUL characters are taken out of text, to show how that is declared and marked.
 */
final class MemoryDestination implements Destination {
    static final int MOST_FIELDS = 1_700;
    private static final Set<DestinationSyncMode> MODES = Set.of(
            DestinationSyncMode.APPEND,
            DestinationSyncMode.OVERWRITE,
            DestinationSyncMode.APPEND_DEDUP,
            DestinationSyncMode.OVERWRITE_DEDUP);

    private final MemoryStore store;
    private final DestinationFault fault;
    private final String password;
    private final List<MemoryTarget> targets = new CopyOnWriteArrayList<>();

    MemoryDestination(MemoryStore store, DestinationFault fault, String password) {
        this.store = store;
        this.fault = fault;
        this.password = password;
    }

    private boolean has(DestinationFault other) {
        return fault == other;
    }

    @Override
    public DestinationTraits traits() {
        return new DestinationTraits(MODES, true, !has(DestinationFault.CLAIMS_NO_OPERATIONS), true, true, 4);
    }

    @Override
    public CheckReport check() {
        try {
            logIn();
            return new CheckReport(List.of(CheckReport.Step.ok("log in", null)));
        } catch (ProblemException refused) {
            return new CheckReport(
                    has(DestinationFault.CHECK_ALWAYS_PASSES)
                            ? List.of(CheckReport.Step.ok("nothing", null))
                            : List.of(CheckReport.Step.failed("log in", refused.problem())));
        }
    }

    private void logIn() {
        if (!password.equals("right")) {
            throw Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, "the password was refused")
                    .because(has(DestinationFault.CHECK_SHOWS_SECRETS) ? "it was " + password : null)
                    .fix("ask for the right one")
                    .exception();
        }
    }

    /** Where a target stands; the ledger goes by it too. */
    private String location(TargetSpec spec) {
        String namespace = Objects.requireNonNullElse(spec.name().namespace(), "main");
        return (has(DestinationFault.NAMESPACES_MIX) ? "main" : namespace) + "\u0000"
                + spec.name().name();
    }

    /** Where the rows stand: the same, unless names are mistreated behind the plan's back. */
    private String place(String location) {
        if (has(DestinationFault.FOLDS_TABLES)) {
            return location.toLowerCase(Locale.ROOT);
        }
        return has(DestinationFault.CUTS_TABLES) ? location.substring(0, Math.min(location.length(), 63)) : location;
    }

    @Override
    public TargetPlan plan(TargetSpec spec) {
        logIn();
        store.lock.lock();
        try {
            String location = location(spec);
            MemoryStore.@Nullable Table table = store.tables.get(place(location));
            boolean replaces =
                    (spec.mode().mode().overwrites() || spec.generation().truncates())
                            && !has(DestinationFault.PLAN_HIDES_REPLACING);
            TargetPlan.Action action = table == null
                    ? TargetPlan.Action.CREATE
                    : replaces ? TargetPlan.Action.REPLACE : TargetPlan.Action.EXTEND;
            if (has(DestinationFault.PLAN_CREATES)) {
                store.tables.putIfAbsent(place(location), new MemoryStore.Table());
            }
            return new TargetPlan(
                    location, action, columns(spec, replaces ? null : table), Guarantee.EXACTLY_ONCE, List.of());
        } finally {
            store.lock.unlock();
        }
    }

    private List<ColumnPlan> columns(TargetSpec spec, MemoryStore.@Nullable Table table) {
        List<Field> fields = spec.schema().fields();
        if (fields.size() > MOST_FIELDS) {
            if (!has(DestinationFault.DROPS_FIELDS_BEYOND_LIMIT)) {
                throw Problem.of(
                                "E_TOO_MANY_FIELDS",
                                ProblemKind.CONFIG,
                                "a table has at most " + MOST_FIELDS + " fields")
                        .exception();
            }
            fields = fields.subList(0, MOST_FIELDS);
        }
        Set<String> taken = new HashSet<>(MemoryRows.METADATA);
        List<ColumnPlan> columns = new ArrayList<>();
        List<String> byPlace = table == null
                ? List.of()
                : table.columns.keySet().stream()
                        .filter(name -> !MemoryRows.METADATA.contains(name))
                        .toList();
        for (Field field : fields) {
            String name = has(DestinationFault.COLUMNS_BY_PLACE) && columns.size() < byPlace.size()
                    ? byPlace.get(columns.size())
                    : unique(field.name(), taken);
            taken.add(name);
            columns.add(column(field, name, table == null ? null : table.columns.get(name), table != null));
        }
        return columns;
    }

    private String unique(String wanted, Set<String> taken) {
        String name = wanted;
        if (has(DestinationFault.FOLDS_COLUMNS)) {
            return name.toLowerCase(Locale.ROOT);
        }
        if (has(DestinationFault.CUTS_COLUMNS)) {
            return name.substring(0, Math.min(63, name.length()));
        }
        if (has(DestinationFault.METADATA_WINS)) {
            return name;
        }
        for (int i = 1; taken.contains(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private static ColumnPlan column(Field field, String name, @Nullable DataType there, boolean exists) {
        ColumnPlan.Action action = ColumnPlan.Action.KEEP;
        if (there == null) {
            action = exists ? ColumnPlan.Action.ADD : ColumnPlan.Action.CREATE;
        } else if (!there.equals(field.type())) {
            action = ColumnPlan.Action.WIDEN;
        }
        Fit fit = MemoryRows.isLossy(field.type())
                ? Fit.LOSSY
                : field.type().equals(new DataType.IntType(8)) ? Fit.WIDENED : Fit.EXACT;
        return new ColumnPlan(field, name, field.type().notation(), fit, action, null);
    }

    @Override
    public Optional<Ledger> ledger(TargetSpec spec) {
        store.lock.lock();
        try {
            MemoryStore.Entry entry = store.ledger.get(location(spec));
            boolean hidden = has(DestinationFault.LEDGER_BY_GENERATION)
                    && entry != null
                    && entry.generation != spec.generation().id();
            return entry == null || hidden ? Optional.empty() : Optional.of(entry.ledger());
        } finally {
            store.lock.unlock();
        }
    }

    @Override
    public Target open(TargetSpec spec) {
        logIn();
        boolean known = MODES.contains(spec.mode().mode());
        if (!known && !has(DestinationFault.TAKES_ANY_MODE)) {
            throw Problem.of(
                            "E_MODE_UNSUPPORTED",
                            ProblemKind.CONFIG,
                            "no such mode: " + spec.mode().mode())
                    .exception();
        }
        TargetPlan plan = plan(spec);
        store.lock.lock();
        try {
            if (has(DestinationFault.ONE_TARGET_AT_A_TIME)) {
                targets.forEach(MemoryTarget::close);
            }
            MemoryStore.Entry entry = store.ledger.computeIfAbsent(plan.location(), ignored -> new MemoryStore.Entry());
            requireFree(spec, entry);
            MemoryTarget target = new MemoryTarget(store, spec, plan, place(plan.location()), fault);
            entry.openedBy = target;
            target.enter(entry);
            targets.add(target);
            return target;
        } finally {
            store.lock.unlock();
        }
    }

    private void requireFree(TargetSpec spec, MemoryStore.Entry entry) {
        boolean mine = entry.connectionId.isEmpty()
                || entry.connectionId.equals(spec.owner().connectionId())
                || spec.owner().takeOver();
        if (!mine && !has(DestinationFault.NO_OWNER)) {
            throw Problem.of("E_TARGET_OWNED", ProblemKind.CONFLICT, "the target is written by another connection")
                    .exception();
        }
        boolean open = entry.openedBy != null && !spec.owner().takeOver();
        if (open && !has(DestinationFault.NO_LOCK)) {
            throw Problem.of("E_TARGET_BUSY", ProblemKind.CONFLICT, "another run is writing the target")
                    .exception();
        }
    }

    @Override
    public void close() {
        if (has(DestinationFault.MARKERS_IN_MEMORY)) {
            targets.forEach(MemoryTarget::forgetMarkers);
        }
        if (!has(DestinationFault.LOCK_OUTLIVES_DESTINATION)) {
            targets.forEach(MemoryTarget::close);
        }
    }

    static Map<String, @Nullable String> visible(MemoryStore.Stored row) {
        return row.values;
    }
}
