package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.ledger.Fate;
import dev.sluice.lowcode.ledger.LedgerFile;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.MirrorTarget;
import dev.sluice.spi.destination.ObjectWrite;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.source.Position;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Objects of a system that a run writes. The system remembers no runs, so the ledger of this machine does: requests are sent when
 * rows are written, and a marker says that the ledger knows what became of each (I2, by key or by content).
 */
final class ActivationTarget implements MirrorTarget {
    private final TargetSpec spec;
    private final ObjectWriting writing;
    private final LedgerFile ledger;
    private final @Nullable ActivationMirror mirror;
    private final Host host;

    /**
     * What is around it.
     *
     * @param context what the host gives
     * @param surroundings what all requests share
     * @param lanes how many requests are on their way at the same time
     * @param detectsChanges true if what was sent just so before is not sent again
     */
    record Host(ConnectorContext context, Surroundings surroundings, int lanes, boolean detectsChanges) {}

    private ActivationTarget(
            TargetSpec spec, ObjectWriting writing, LedgerFile ledger, @Nullable ActivationMirror mirror, Host host) {
        this.spec = spec;
        this.writing = writing;
        this.ledger = ledger;
        this.mirror = mirror;
        this.host = host;
    }

    /**
     * Opens objects for a run whose ledger is open.
     *
     * @param mirror what keeps them equal to the rows; null in all modes but that one
     */
    static ActivationTarget open(
            TargetSpec spec, ObjectWriting writing, LedgerFile ledger, @Nullable ActivationMirror mirror, Host host) {
        ActivationTarget target = new ActivationTarget(spec, writing, ledger, mirror, host);
        Ledger known = ledger.ledger().orElse(null);
        boolean goesOn = known != null
                && !known.published()
                && known.generation() == spec.generation().id()
                && known.syncId() == spec.generation().syncId();
        if (goesOn) {
            target.settleDoubt();
            return target;
        }
        if (known != null && !known.published() && !spec.owner().takeOver()) {
            target.requireNothingInserted();
        }
        if (spec.generation().truncates()) {
            ledger.forgetObjects();
        }
        if (mirror != null && (known == null || spec.generation().truncates())) {
            mirror.keys().forget();
        } else if (mirror != null) {
            mirror.keys().begin();
        }
        ledger.begin(
                spec.owner().connectionId(),
                spec.generation().id(),
                spec.generation().syncId());
        return target;
    }

    /** What was inserted cannot be told from other objects any more, so it cannot be taken back. */
    private void requireNothingInserted() {
        if (spec.mode().mode() == DestinationSyncMode.APPEND && ledger.hasSent()) {
            throw Problem.of(
                            "E_OBJECT_INSERTED",
                            ProblemKind.CONFLICT,
                            "a read that did not come to its end has inserted objects, which would be inserted once"
                                    + " more")
                    .at(Objects.requireNonNull(spec.object()).object())
                    .because("what is known of that read is gone or fits no more, so that it cannot go on")
                    .fix("if it was a replay of rejected records, `sluice rejects replay` goes on with it; else remove"
                            + " those objects and run again with --take-over. `upsert` never has this trouble")
                    .exception();
        }
    }

    /**
     * Finds out about requests that were on their way when an earlier run broke off. Where the system knows them again they are made
     * once more; else they stay in doubt, and their records are rejected when they are met.
     */
    private void settleDoubt() {
        for (LedgerFile.Doubtful request : ledger.doubtful()) {
            if (writing.whenRepeated() == ObjectWriting.Repeat.NEVER
                    || request.key().isEmpty()) {
                String reason = "it was sent at " + request.time()
                        + ", and the run broke off before there was an answer: nobody knows whether it arrived";
                host.context()
                        .log(
                                Level.WARNING,
                                request.prints().size() + " records are in doubt: they were sent at " + request.time()
                                        + ", and the run broke off before there was an answer");
                ledger.resolve(
                        request.id(), Collections.nCopies(request.prints().size(), new Fate.InDoubt(reason)));
            } else {
                List<Item> items = new ArrayList<>();
                for (int i = 0; i < request.records().size(); i++) {
                    Map<Object, Object> record =
                            Values.mapOrEmpty(request.records().get(i));
                    items.add(new Item(
                            i,
                            record,
                            writing.rendered(record),
                            0,
                            request.prints().get(i),
                            null));
                }
                ledger.resolve(request.id(), again(items, request.key()));
            }
        }
    }

    private List<Fate> again(List<Item> items, String key) {
        try (Shipment shipment = new Shipment(writing, ledger, host, items.size(), false)) {
            return shipment.again(writing, items, key);
        }
    }

    @Override
    public Writer writer(WriteContext context) {
        return new ActivationWriter(this, context);
    }

    @Override
    public void commit(Committable committable) {
        Cut.at("before-object-commit");
        if (mirror != null) {
            mirror.keys().force();
        }
        ledger.mark(committable.marker());
    }

    @Override
    public void publish(long expectedRows, @Nullable Position end) {
        long marked = ledger.rows();
        if (marked != expectedRows) {
            throw Problem.of("E_VERIFY", ProblemKind.INTEGRITY, "not all rows are in the ledger of what was sent")
                    .because("the ledger has " + marked + " rows and the run committed " + expectedRows)
                    .exception();
        }
        int left = ledger.publish(end);
        if (mirror != null) {
            // Not before: a read that is not published goes on with what it has met.
            mirror.publish();
        }
        if (left > 0) {
            host.context()
                    .log(
                            Level.WARNING,
                            left + " records that an interrupted run has sent were not met again: their rows have"
                                    + " changed since, or are gone");
        }
    }

    @Override
    public void discard() {
        requireNothingInserted();
        ledger.discard();
    }

    @Override
    public Gone gone() {
        return mirrored().gone();
    }

    @Override
    public Removed removeGone() {
        return mirrored().remove(ledger, host, keyNames());
    }

    private ActivationMirror mirrored() {
        if (mirror == null) {
            throw new IllegalStateException("this target is no mirror");
        }
        return mirror;
    }

    /** An object of a key was written, or is as it should be. */
    void met(long print, String key) {
        if (mirror != null) {
            mirror.keys().meet(print, key);
        }
    }

    boolean isMirror() {
        return mirror != null;
    }

    TargetSpec spec() {
        return spec;
    }

    ObjectWriting writing() {
        return writing;
    }

    LedgerFile ledger() {
        return ledger;
    }

    Host host() {
        return host;
    }

    List<String> keyNames() {
        return spec.mode().primaryKey().stream().map(FieldPath::column).toList();
    }

    ObjectWrite object() {
        return Objects.requireNonNull(spec.object());
    }

    /** What is told apart by its content: what is done, and with which fields. */
    String content(Map<Object, Object> record) {
        return spec.mode().mode() + JsonValues.write(record);
    }

    @Override
    public void close() {
        if (mirror != null) {
            mirror.close();
        }
        ledger.close();
    }
}
