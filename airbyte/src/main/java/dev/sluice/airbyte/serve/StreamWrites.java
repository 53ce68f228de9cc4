package dev.sluice.airbyte.serve;

import dev.sluice.airbyte.message.Envelope;
import dev.sluice.airbyte.message.Trace;
import dev.sluice.cdk.schema.JsonSchemas;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.type.Schema;
import java.util.Locale;
import java.util.Optional;

/** One stream that an orchestrator sends: its records become rows of a target. For one thread. */
final class StreamWrites implements WriteContext, AutoCloseable {
    /** The protocol does not say who sends; an orchestrator has to keep its connections apart. */
    private static final Owner OWNER = new Owner("airbyte-protocol", "an orchestrator of the Airbyte protocol", false);

    private final StreamId id;
    private final TargetSpec spec;
    private final long before;
    private final Target target;
    private final Writer writer;
    private final Intake intake;
    private final String split;
    private long committed;
    private long inHand;
    private long sinceState;
    private boolean complete;
    private boolean told;

    StreamWrites(Destination destination, Configured configured, ServedContext context) {
        this.id = configured.id();
        TargetSpec wanted = wanted(destination, configured, context);
        Optional<Ledger> ledger = destination.ledger(wanted);
        this.spec = settled(destination, wanted, ledger);
        this.before = ledger.filter(there -> continues(there, spec.generation()))
                .map(StreamWrites::rows)
                .orElse(0L);
        this.target = destination.open(spec);
        this.writer = target.writer(this);
        this.intake = new Intake(id, spec.schema(), context.clock());
        this.split = "messages " + context.clock().millis();
    }

    private static TargetSpec wanted(Destination destination, Configured configured, ServedContext context) {
        Configured.Numbers numbers = configured.generation();
        boolean overwrites = configured.mode().overwrites();
        long moment = context.clock().millis() / 1000;
        Generation generation = numbers == null
                ? new Generation(overwrites ? moment : 0, overwrites ? moment : 0, moment)
                : new Generation(numbers.id(), overwrites ? numbers.id() : numbers.minimum(), numbers.syncId());
        DestinationSyncMode mode = mode(configured.mode(), generation.truncates());
        if (!destination.traits().modes().contains(mode)) {
            throw Problem.of(
                            "E_MODE_UNSUPPORTED",
                            ProblemKind.CONFIG,
                            "the destination cannot write the stream " + configured.id() + " in the mode "
                                    + configured.mode().name().toLowerCase(Locale.ROOT))
                    .fix("choose a mode that its spec names")
                    .exception();
        }
        Schema schema = JsonSchemas.fields(configured.jsonSchema());
        boolean ordered = configured.cursor() != null
                && schema.indexOf(configured.cursor().column()).isPresent();
        return new TargetSpec(
                OWNER,
                configured.id(),
                new TargetName(
                        destination.traits().namespaces() ? configured.id().namespace() : null,
                        configured.id().name()),
                schema,
                new WriteMode(mode, configured.primaryKey(), ordered ? configured.cursor() : null),
                generation);
    }

    private static DestinationSyncMode mode(DestinationSyncMode told, boolean replaces) {
        if (!replaces) {
            return told;
        }
        return told.dedups() ? DestinationSyncMode.OVERWRITE_DEDUP : DestinationSyncMode.OVERWRITE;
    }

    /** The run as the ledger has it to be: what an interrupted one committed was acknowledged, and must stay. */
    private static TargetSpec settled(Destination destination, TargetSpec wanted, Optional<Ledger> ledger) {
        Generation generation = wanted.generation();
        Ledger there = ledger.orElse(null);
        if (there == null || !there.connectionId().equals(OWNER.connectionId())) {
            return wanted;
        }
        if (there.published()) {
            long later = Math.max(generation.syncId(), there.syncId() + 1);
            return wanted.withGeneration(new Generation(generation.id(), generation.minimum(), later));
        }
        if (there.generation() == generation.id()) {
            return wanted.withGeneration(new Generation(generation.id(), generation.minimum(), there.syncId()));
        }
        if (generation.truncates()) {
            return wanted;
        }
        TargetSpec older = wanted.withGeneration(new Generation(there.generation(), 0, there.syncId()));
        try (Target left = destination.open(older)) {
            left.publish(rows(there), null);
        }
        long later = Math.max(generation.syncId(), there.syncId() + 1);
        return wanted.withGeneration(new Generation(generation.id(), generation.minimum(), later));
    }

    private static boolean continues(Ledger there, Generation generation) {
        return !there.published()
                && there.connectionId().equals(OWNER.connectionId())
                && there.generation() == generation.id()
                && there.syncId() == generation.syncId();
    }

    private static long rows(Ledger there) {
        return there.splits().values().stream().mapToLong(SplitProgress::rows).sum();
    }

    StreamId id() {
        return id;
    }

    /** Takes a record, whose parts were found. */
    void record(byte[] line, Envelope envelope) {
        if (complete) {
            throw Problem.of("E_MESSAGE", ProblemKind.DATA, "a record of the stream " + id + " came after its end")
                    .exception();
        }
        if (!intake.isOfTheSameTime(envelope.emittedAt())) {
            drain();
        }
        intake.add(line, envelope);
        inHand++;
        sinceState++;
        if (intake.isFull()) {
            drain();
        }
    }

    private void drain() {
        for (RecordBatch batch : intake.drain()) {
            writer.write(batch);
        }
    }

    /** How many records came since the last state. */
    long sinceState() {
        long rows = sinceState;
        sinceState = 0;
        return rows;
    }

    void status(Trace.Status status) {
        told |= status.isComplete() || status.isIncomplete();
        complete |= status.isComplete();
    }

    /** Makes everything durable that came. */
    void commit() {
        if (inHand == 0) {
            return;
        }
        drain();
        Committable prepared = writer.prepare(new Marker(split, new SplitProgress(null, false, committed + inHand)));
        if (prepared.rows() != inHand) {
            throw Problem.of(
                            "E_IMBALANCE",
                            ProblemKind.INTEGRITY,
                            inHand + " rows were handed to the destination, which counted " + prepared.rows())
                    .at(id.toString())
                    .because("nothing of this part was committed")
                    .exception();
        }
        target.commit(prepared);
        committed += inHand;
        inHand = 0;
    }

    /**
     * Ends the stream. A replacement takes the place of what is there only if the stream is complete (I5).
     *
     * @throws ProblemException if it is not
     */
    void finish() {
        if (spec.generation().truncates() && !complete) {
            throw Problem.of(
                            "E_STREAM_INCOMPLETE",
                            ProblemKind.TRANSIENT,
                            "the stream " + id + " did not come to its end")
                    .because(
                            told
                                    ? "it was said to be incomplete, so what was there before stays"
                                    : "nobody said that it is complete, so what was there before stays")
                    .exception();
        }
        target.publish(before + committed, null);
    }

    @Override
    public void reject(RejectedRecord record) {
        throw Problem.of("E_RECORD_REJECTED", ProblemKind.DATA, "the destination refuses a record")
                .at(id.toString())
                .because(record.reason())
                .exception();
    }

    /** The row says so itself, in the columns of the table. */
    @Override
    public void changed(String field, ValueChange.Change change, ValueChange.Reason reason) {}

    @Override
    public void close() {
        writer.close();
        target.close();
    }
}
