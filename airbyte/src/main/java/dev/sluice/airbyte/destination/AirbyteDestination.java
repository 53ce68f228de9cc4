package dev.sluice.airbyte.destination;

import dev.sluice.airbyte.program.ConnectorProgram;
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
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connector that speaks the Airbyte protocol. It remembers nothing that Sluice could ask it for. */
final class AirbyteDestination implements Destination {
    private final ConnectorProgram program;
    private final Options options;
    private final Semaphore processes;
    private @Nullable Set<DestinationSyncMode> modes;

    /**
     * What Sluice has to know of a destination and cannot ask it.
     *
     * @param generations true if it removes rows of older generations by itself
     * @param parallelStreams how many streams it may write at a time
     * @param finishMillis how long it may take after the last row
     * @param graceMillis how long it may take to end once the run shall end
     */
    record Options(boolean generations, int parallelStreams, long finishMillis, long graceMillis) {
        static final int PARALLEL = 1;
        static final int FINISH_MINUTES = 120;
        static final long GRACE_MILLIS = 60_000;
    }

    AirbyteDestination(ConnectorProgram program, Options options) {
        this.program = program;
        this.options = options;
        this.processes = new Semaphore(options.parallelStreams(), true);
    }

    @Override
    public DestinationTraits traits() {
        return new DestinationTraits(modes(), true, false, false, false, 1);
    }

    /** The modes that its spec names. */
    private synchronized Set<DestinationSyncMode> modes() {
        Set<DestinationSyncMode> known = modes;
        if (known == null) {
            known = modes(program.spec());
            modes = known;
        }
        return known;
    }

    private Set<DestinationSyncMode> modes(Map<String, ?> spec) {
        Set<DestinationSyncMode> found = EnumSet.noneOf(DestinationSyncMode.class);
        if (spec.get("supported_destination_sync_modes") instanceof List<?> names) {
            for (DestinationSyncMode each : List.of(
                    DestinationSyncMode.APPEND, DestinationSyncMode.OVERWRITE, DestinationSyncMode.APPEND_DEDUP)) {
                if (names.contains(each.name().toLowerCase(Locale.ROOT))) {
                    found.add(each);
                }
            }
        }
        if (found.isEmpty()) {
            found.add(DestinationSyncMode.APPEND);
        }
        if (options.generations()) {
            found.add(DestinationSyncMode.OVERWRITE);
            if (found.contains(DestinationSyncMode.APPEND_DEDUP)) {
                found.add(DestinationSyncMode.OVERWRITE_DEDUP);
            }
        }
        return found;
    }

    @Override
    public CheckReport check() {
        return program.check();
    }

    @Override
    public TargetPlan plan(TargetSpec spec) {
        boolean replaces = spec.mode().mode().overwrites() || spec.generation().truncates();
        List<ColumnPlan> columns =
                spec.schema().fields().stream().map(AirbyteDestination::column).toList();
        List<String> notes = new ArrayList<>();
        notes.add("the destination does not tell what it has: what an interrupted run sent may come again");
        return new TargetPlan(
                spec.name().toString(),
                replaces ? TargetPlan.Action.REPLACE : TargetPlan.Action.EXTEND,
                columns,
                replaces || spec.mode().mode().dedups() ? Guarantee.IDEMPOTENT : Guarantee.AT_LEAST_ONCE,
                notes);
    }

    private static ColumnPlan column(Field field) {
        boolean asItIs = switch (field.type()) {
            case DataType.BoolType _ -> true;
            case DataType.IntType _ -> true;
            case DataType.FloatType _ -> true;
            case DataType.TextType _ -> true;
            case DataType.DateType _ -> true;
            case DataType.TimeType _ -> true;
            case DataType.TimestampType _ -> true;
            case DataType.JsonType _ -> true;
            case DataType.ArrayType _ -> true;
            case DataType.ObjectType _ -> true;
            case DataType.DecimalType _ -> false;
            case DataType.BinaryType _ -> false;
            case DataType.UuidType _ -> false;
            case DataType.UnknownType _ -> false;
        };
        return new ColumnPlan(
                field,
                field.name(),
                "as the destination decides",
                asItIs ? Fit.EXACT : Fit.WIDENED,
                ColumnPlan.Action.KEEP,
                field.type() instanceof DataType.DecimalType
                        ? "all digits are sent; the destination may keep fewer"
                        : null);
    }

    @Override
    public Optional<Ledger> ledger(TargetSpec spec) {
        return Optional.empty();
    }

    @Override
    public Target open(TargetSpec spec) {
        DestinationSyncMode mode = told(spec);
        acquire();
        AtomicBoolean released = new AtomicBoolean();
        return new AirbyteTarget(program, spec, mode, options, () -> {
            if (released.compareAndSet(false, true)) {
                processes.release();
            }
        });
    }

    /** The mode that the program is told. Without generations only an overwrite replaces anything. */
    private DestinationSyncMode told(TargetSpec spec) {
        DestinationSyncMode mode = spec.mode().mode();
        if (mode.isActivation()) {
            throw Problem.of(
                            "E_MODE_UNSUPPORTED", ProblemKind.CONFIG, "the destination has no rows to change or delete")
                    .at(spec.stream().toString())
                    .fix("choose a mode that its spec names")
                    .exception();
        }
        boolean replaces = spec.generation().truncates();
        if (!replaces) {
            return mode == DestinationSyncMode.OVERWRITE
                    ? DestinationSyncMode.APPEND
                    : mode == DestinationSyncMode.OVERWRITE_DEDUP ? DestinationSyncMode.APPEND_DEDUP : mode;
        }
        if (options.generations()) {
            return mode.dedups() ? DestinationSyncMode.APPEND_DEDUP : DestinationSyncMode.APPEND;
        }
        if (mode.dedups() || !modes().contains(DestinationSyncMode.OVERWRITE)) {
            throw Problem.of("E_REPLACE_UNSUPPORTED", ProblemKind.CONFIG, "the destination cannot replace what it has")
                    .at(spec.stream().toString())
                    .because("it keeps one row a key, and is not known to remove older generations by itself")
                    .fix("if its registry entry says that it supports refreshes, set `generations: true`; else use"
                            + " `mode: full_refresh_overwrite`")
                    .exception();
        }
        return DestinationSyncMode.OVERWRITE;
    }

    private void acquire() {
        try {
            while (!processes.tryAcquire(1, TimeUnit.SECONDS)) {
                if (program.context().cancelled()) {
                    throw cancelled().exception();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw cancelled().exception(stopped);
        }
    }

    private static Problem cancelled() {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped");
    }

    @Override
    public void close() {}
}
