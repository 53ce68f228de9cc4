package dev.sluice.engine.verify;

import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.run.CompleteCopy;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.verify.Difference.Kind;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.ReadBack;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Holds streams of a connection against their copies, and mends what differs.
 *
 * <p>The source is read as a sync would read it and taken through the same mappers; the copy is read back. Both are put
 * into groups by the hash of their keys, so that neither side has to sort. Where count and sum of a group agree, so do
 * its rows. Where both databases can count and sum by themselves, they are asked first, and nothing is read if they agree. The others are narrowed down to rows, and these to fields. What the next sync would bring is left out.
 *
 * <p>The caller opens and closes source and destination and holds the connection's lock.
 */
public final class Verification {
    /** The most rows after the last sync that are told apart. */
    private static final int MOST_PENDING = 2_000_000;

    private final Source source;
    private final Destination destination;
    private final StateStore store;
    private final VerifyOptions options;
    private final StopSignal stop;
    private final CompleteCopy copy;

    /** Prepares to verify streams of a connection. */
    public Verification(
            Source source, Destination destination, StateStore store, VerifyOptions options, StopSignal stop) {
        this.source = source;
        this.destination = destination;
        this.store = store;
        this.options = options;
        this.stop = stop;
        copy = new CompleteCopy(
                destination, store, "E_VERIFY_NOT_READY", "there is no complete copy to hold against the source");
    }

    /**
     * Compares a stream with its copy.
     *
     * @param plan what a sync would do with the stream
     * @param rejected the rows that were rejected and are kept, by their place
     */
    public StreamVerdict verify(StreamPlan plan, Set<String> rejected) {
        return compare(plan, rejected, null);
    }

    /** What a repair did. */
    public record Repaired(StreamVerdict before, long written, long removed, StreamVerdict after) {}

    /**
     * Compares a stream with its copy, writes the rows that differ, and compares once more.
     *
     * @param plan what a sync would do with the stream
     * @param rejected the rows that were rejected and are kept, by their place
     * @throws dev.sluice.spi.problem.ProblemException if the copy is broken and cannot be mended row by row
     */
    public Repaired repair(StreamPlan plan, Set<String> rejected) {
        Repair repair = new Repair(plan, destination, store, copy);
        StreamVerdict before = compare(plan, rejected, repair);
        StreamVerdict after = before.isBroken() ? compare(plan, rejected, null) : before;
        return new Repaired(before, repair.written(), repair.removed(), after);
    }

    private StreamVerdict compare(StreamPlan plan, Set<String> rejected, @Nullable Repair repair) {
        StreamState state = copy.ready(plan, copy.ledger(plan), 0);
        Promise promise = Promise.of(plan.mode());
        if (promise == Promise.NONE) {
            return new StreamVerdict(
                    plan.stream(), promise, StreamVerdict.Counts.equal(0), List.of(), List.of(), null, false);
        }
        InDatabases.Answer answer = options.inside() ? inside(plan) : InDatabases.Answer.UNPROVEN;
        return answer.rows() == null
                ? read(plan, state, rejected, repair).with(answer.notes())
                : StreamVerdict.equal(plan.stream(), promise, answer.rows(), answer.notes());
    }

    /** Asks the databases themselves. They are not asked about what came after the last sync: that makes them differ, no more. */
    private InDatabases.Answer inside(StreamPlan plan) {
        try (ReadBack back = destination.readBack(plan.target())) {
            InDatabases both = InDatabases.of(plan, stored(plan, back).fields());
            return both == null
                    ? InDatabases.Answer.UNPROVEN
                    : both.ask(source, plan.stream(), back.source(), back.stream(), stop);
        }
    }

    private Scan.Context context(StreamPlan plan) {
        boolean annotates = plan.rejects().policy() == RejectRules.Policy.ANNOTATE;
        return new Scan.Context(options.maxValueBytes(), annotates, new LongAdder());
    }

    private StreamVerdict read(StreamPlan plan, StreamState state, Set<String> rejected, @Nullable Repair repair) {
        Promise promise = Promise.of(plan.mode());
        Scan.Context context = context(plan);
        try (Scan ofSource =
                Scan.mapped(source, whole(plan.read()), new ReadStart.Beginning(), plan.mapping(), context)) {
            Found found;
            try (ReadBack back = destination.readBack(plan.target())) {
                StoredStream stored = stored(plan, back);
                // Behind the scan of the source, so that each row that this shows is among the pending ones or old.
                Set<Hash> pending = pending(plan, state, stored.fields(), context);
                try (Scan ofStored = Scan.stored(back.source(), stored.read(), options.maxValueBytes())) {
                    Sides sides = new Sides(stored.fields(), ofSource, ofStored, pending, reading());
                    found = find(plan, sides, promise, rejected);
                    if (repair != null && found.verdict().isBroken()) {
                        repair.prepare(found, sides);
                    }
                }
            }
            if (repair != null && found.verdict().isBroken()) {
                repair.write(ofSource, found.sides().fields(), reading());
            }
            return found.verdict();
        }
    }

    /**
     * What the source has now. A source that reads a log would set up one for a first copy, which is not our business, so it is
     * asked for the rows alone.
     */
    private static StreamRead whole(StreamRead read) {
        return read.stream().cursor().sourceDefined()
                ? new StreamRead(
                        read.stream(),
                        read.schema(),
                        SyncMode.FULL_REFRESH,
                        null,
                        read.primaryKey(),
                        read.deduplicated(),
                        read.filter())
                : read;
    }

    private Reading reading() {
        return new Reading(options.lanes(), stop);
    }

    /** How the copy is read, and what of it is compared. */
    private record StoredStream(StreamRead read, Fields fields) {}

    private static StoredStream stored(StreamPlan plan, ReadBack back) {
        CatalogStream stored = back.source().discover(new DiscoverScope.Only(Set.of(back.stream()))).streams().stream()
                .filter(each -> each.id().equals(back.stream()))
                .findFirst()
                .orElseThrow(() -> Problem.of("E_VERIFY_NO_TARGET", ProblemKind.DATA, "there is no " + back.stream())
                        .at(plan.stream().toString())
                        .because("it was dropped or renamed, or this user may not read it")
                        .fix(Mending.copyAnew(plan))
                        .exception());
        Fields fields = Fields.of(plan, stored.schema());
        return new StoredStream(
                new StreamRead(stored, fields.stored(), SyncMode.FULL_REFRESH, null, List.of(), false), fields);
    }

    /** The keys of the rows that the next sync would bring. */
    private Set<Hash> pending(StreamPlan plan, StreamState state, Fields fields, Scan.Context context) {
        Position position = state.position();
        Set<Hash> pending = new HashSet<>();
        if (position == null || plan.read().mode() != SyncMode.INCREMENTAL) {
            return pending;
        }
        ReadStart after = new ReadStart.After(position);
        Scan.Context uncounted = new Scan.Context(context.maxValueBytes(), context.annotates(), new LongAdder());
        try (Scan scan = Scan.mapped(source, plan.read(), after, plan.mapping(), uncounted)) {
            reading().all(new Reading.Of(scan, () -> {
                RowHasher hasher = new RowHasher(fields, false);
                return batch -> note(batch, hasher, pending);
            }));
        }
        if (pending.size() > MOST_PENDING) {
            throw Problem.of(
                            "E_VERIFY_NOT_READY",
                            ProblemKind.CONFIG,
                            "too many rows came to the source after the last sync")
                    .at(plan.stream().toString())
                    .fix("run `sluice sync` first")
                    .exception();
        }
        return pending;
    }

    private static void note(RecordBatch batch, RowHasher hasher, Set<Hash> pending) {
        synchronized (pending) {
            for (int row = 0; row < batch.rows() && pending.size() <= MOST_PENDING; row++) {
                pending.add(hasher.key(batch, row));
            }
        }
    }

    /**
     * What was found.
     *
     * @param verdict what it comes to
     * @param suspects the keys that differ, and how
     * @param ambiguous true if the source has several rows of a key that differs
     * @param sides what was compared
     */
    record Found(StreamVerdict verdict, Map<Hash, Kind> suspects, boolean ambiguous, Sides sides) {}

    private Found find(StreamPlan plan, Sides sides, Promise promise, Set<String> rejected) {
        Sides.Counted counted = sides.count();
        Narrowing narrowing = new Narrowing(sides, promise);
        narrowing.run(counted.source(), counted.stored());
        List<Difference> differences = new Details(sides, narrowing.suspects(), rejected).run();
        Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
        differences.forEach(each -> kinds.merge(each.kind(), 1L, Long::sum));
        StreamVerdict.Counts counts = new StreamVerdict.Counts(
                counted.source().rows(),
                counted.stored().rows(),
                sides.pending().size(),
                kinds,
                narrowing.unnamed());
        List<Difference> shown = differences.stream()
                .sorted(Comparator.comparing((Difference each) -> !each.kind().isFault())
                        .thenComparing(Difference::kind)
                        .thenComparingInt(each -> each.row().length())
                        .thenComparing(Difference::row))
                .limit(options.shown())
                .toList();
        String obstacle = Mending.obstacle(
                sides.fields(), promise, narrowing.isAmbiguous(), narrowing.unnamed(), destination.traits());
        List<String> notes = notes(plan, sides, counts, rejected);
        if (obstacle != null && (counts.faults() > 0 || counts.unnamed() > 0)) {
            notes.add("it cannot be mended row by row, since " + obstacle + "; " + Mending.copyAnew(plan));
        }
        StreamVerdict verdict = new StreamVerdict(plan.stream(), promise, counts, shown, notes, obstacle, false);
        return new Found(verdict, narrowing.suspects(), narrowing.isAmbiguous(), sides);
    }

    private static List<String> notes(StreamPlan plan, Sides sides, StreamVerdict.Counts counts, Set<String> rejected) {
        List<String> notes = new ArrayList<>(sides.fields().notes());
        if (!sides.fields().hasKey() && counts.faults() > 0) {
            notes.add("nothing tells its rows apart, so a changed row counts as one missing and one extra");
        }
        if (plan.read().mode() == SyncMode.FULL_REFRESH && counts.faults() > 0) {
            notes.add("it is copied whole, so what changed at the source since the last sync counts as a difference");
        }
        if (plan.read().mode() == SyncMode.INCREMENTAL && counts.of(Kind.EXTRA) > 0) {
            notes.add("rows that were deleted at the source after they were copied count as extra");
        }
        if (!rejected.isEmpty() && counts.of(Kind.MISSING) > 0) {
            notes.add(rejected.size() + " rejected records are kept, and some of the missing rows may be among them");
        }
        if (counts.unnamed() > 0) {
            notes.add("so much differs that " + Objects.toString(counts.unnamed())
                    + " rows were not looked at one by one");
        }
        return notes;
    }
}
