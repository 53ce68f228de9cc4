package dev.sluice.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The decision table of what a run does when state and destination agree, and when they do not. */
class ReconcilerTest {
    private static final StreamId STREAM = StreamId.of("public", "orders");
    private static final Position AT_5 = new Position("shop", "5");
    private static final Position AT_9 = new Position("shop", "9");
    private static final SplitProgress SOME = new SplitProgress("7", false, 7);
    private static final SplitProgress MORE = new SplitProgress("9", false, 9);
    private static final long JOB = 50;

    @Test
    void beginsAStreamThatNobodyKnows() {
        assertThat(begin(fresh(), null, false).note()).isNull();
    }

    @Test
    void goesOnWithAReadWhoseTargetWasNeverOpened() {
        assertThat(reconcile(reading(40, Map.of()), null, false)).isInstanceOf(Reconciliation.Resume.class);
    }

    @Test
    void stopsWhenTheTargetOfAPublishedStreamIsGone() {
        assertAhead(reconcile(published(40, AT_5), null, false));
    }

    @Test
    void stopsWhenTheTargetOfACommittedReadIsGone() {
        assertAhead(reconcile(reading(40, Map.of("a", SOME)), null, false));
    }

    @Test
    void writesAnewWhatIsReplacedAnywayWhenTheTargetIsGone() {
        Reconciliation.Begin begin = begin(published(40, AT_5), null, true);

        assertThat(begin.note()).contains("written anew");
        assertThat(begin.state().unfinished()).isNull();
    }

    @Test
    void goesOnFromTheStateWhenBothAreLevel() {
        Reconciliation.Begin begin = begin(published(40, AT_5), ledger(40, true, AT_5, Map.of()), false);

        assertThat(begin.state()).isEqualTo(published(40, AT_5));
        assertThat(begin.note()).isNull();
    }

    @Test
    void isDoneWhenThisVeryJobHasPublishedTheStream() {
        Reconciliation result = reconcile(published(JOB, AT_5), ledger(JOB, true, AT_5, Map.of()), false);

        assertThat(result).isEqualTo(new Reconciliation.Done(published(JOB, AT_5)));
    }

    @Test
    void adoptsWhatTheDestinationPublishedBeforeTheStateWasSaved() {
        Reconciliation.Begin begin = begin(published(40, AT_5), ledger(45, true, AT_9, Map.of()), false);

        assertThat(begin.state().position()).isEqualTo(AT_9);
        assertThat(begin.state().lastSyncId()).isEqualTo(45);
    }

    @Test
    void stopsWhenTheTargetWasSetBack() {
        assertAhead(reconcile(published(40, AT_9), ledger(30, true, AT_5, Map.of()), false));
    }

    @Test
    void stopsWhenTheTargetWasSetBackIntoTheMiddleOfARun() {
        assertAhead(reconcile(published(40, AT_9), ledger(30, false, AT_5, Map.of("a", SOME)), false));
        assertAhead(reconcile(published(40, AT_9), ledger(40, false, AT_5, Map.of("a", SOME)), false));
    }

    @Test
    void replacesATargetThatWasSetBack() {
        begin(published(40, AT_9), ledger(30, true, AT_5, Map.of()), true);
        begin(published(40, AT_9), ledger(30, false, AT_5, Map.of("a", SOME)), true);
    }

    @Test
    void discardsAnUnfinishedReadThatNobodyRemembers() {
        Reconciliation.Begin begin = begin(published(40, AT_5), ledger(45, false, AT_5, Map.of("a", SOME)), false);

        assertThat(begin.state().position()).isEqualTo(AT_5);
        assertThat(begin.note()).contains("discarded");
    }

    @Test
    void resumesWithTheProgressThatTheDestinationConfirms() {
        Reconciliation result =
                reconcile(reading(45, Map.of("a", SOME)), ledger(45, false, null, Map.of("a", MORE)), false);

        UnfinishedRead unfinished =
                Objects.requireNonNull(((Reconciliation.Resume) result).state().unfinished());
        assertThat(unfinished.progress()).isEqualTo(Map.of("a", MORE));
    }

    @Test
    void stopsWhenTheDestinationLostRowsOfTheInterruptedRead() {
        assertAhead(reconcile(reading(45, Map.of("a", MORE)), ledger(45, false, null, Map.of("a", SOME)), false));
        assertAhead(reconcile(reading(45, Map.of("a", MORE)), ledger(45, false, null, Map.of()), false));
    }

    @Test
    void readsAnewWhatIsReplacedWhenTheDestinationLostRowsOfTheRead() {
        Reconciliation.Begin begin =
                begin(reading(45, Map.of("a", MORE)), ledger(45, false, null, Map.of("a", SOME)), true);

        assertThat(begin.state().unfinished()).isNull();
        assertThat(begin.note()).contains("read anew");
    }

    @Test
    void isDoneWhenTheJobDiedBetweenPublishingAndSaving() {
        Reconciliation result = reconcile(reading(JOB, Map.of("a", SOME)), ledger(JOB, true, AT_9, Map.of()), false);

        StreamState done = ((Reconciliation.Done) result).state();
        assertThat(done.position()).isEqualTo(AT_9);
        assertThat(done.unfinished()).isNull();
    }

    @Test
    void beginsANewReadWhenAnEarlierJobDiedBetweenPublishingAndSaving() {
        Reconciliation.Begin begin = begin(reading(45, Map.of("a", SOME)), ledger(45, true, AT_9, Map.of()), false);

        assertThat(begin.state().position()).isEqualTo(AT_9);
    }

    @Test
    void goesOnWhenTheCrashFellBetweenThePlanAndTheTarget() {
        Reconciliation result = reconcile(reading(45, Map.of()), ledger(40, true, AT_5, Map.of()), false);

        assertThat(result).isInstanceOf(Reconciliation.Resume.class);
    }

    @Test
    void stopsWhenTheTargetWasSetBackDuringARead() {
        assertAhead(reconcile(reading(45, Map.of("a", SOME)), ledger(40, true, AT_5, Map.of()), false));
    }

    @Test
    void startsOverWithoutAskingTheDestinationWhenTheSettingsChanged() {
        Ledger ahead = ledger(60, true, AT_9, Map.of());
        Reconciliation.Begin begin =
                (Reconciliation.Begin) Reconciler.startOver(published(40, AT_5), "by other", Optional.of(ahead), false);

        assertThat(begin.state().position()).isNull();
        assertThat(begin.state().settings()).isEqualTo("by other");
        assertThat(begin.anew()).isTrue();
        assertThat(begin.state().generation()).isEqualTo(7);
    }

    @Test
    void startsOverAfterARewindAlsoWhenTheTargetIsGone() {
        StreamState rewound = published(40, AT_5).edited(null);
        Reconciliation.Begin begin =
                (Reconciliation.Begin) Reconciler.startOver(rewound, "settings", Optional.empty(), false);

        assertThat(begin.state().position()).isNull();
        assertThat(begin.note()).contains("rewound");
    }

    @Test
    void readsFromThePositionThatAPersonSet() {
        StreamState set = published(40, AT_5).edited(AT_9);
        Reconciliation.Begin begin = (Reconciliation.Begin)
                Reconciler.startOver(set, "settings", Optional.of(ledger(40, true, AT_5, Map.of())), false);

        assertThat(begin.state().position()).isEqualTo(AT_9);
        assertThat(begin.anew()).isFalse();
    }

    private static StreamState fresh() {
        return StreamState.initial(STREAM, "settings");
    }

    private static StreamState published(long syncId, Position at) {
        return fresh().published(3, syncId, at);
    }

    private static StreamState reading(long syncId, Map<String, SplitProgress> progress) {
        ReadPlan plan = new ReadPlan("token", List.of(new Split("a", "", Estimate.NONE)), AT_9);
        return fresh().reading(3, new UnfinishedRead(syncId, null, "shape", plan, progress));
    }

    private static Ledger ledger(
            long syncId, boolean published, @Nullable Position position, Map<String, SplitProgress> splits) {
        return new Ledger("connection", 7, syncId, published, position, splits);
    }

    private static Reconciliation reconcile(StreamState state, @Nullable Ledger ledger, boolean replacesAll) {
        return Reconciler.reconcile(state, Optional.ofNullable(ledger), JOB, replacesAll);
    }

    private static Reconciliation.Begin begin(StreamState state, @Nullable Ledger ledger, boolean replacesAll) {
        return (Reconciliation.Begin) reconcile(state, ledger, replacesAll);
    }

    private static void assertAhead(Reconciliation result) {
        assertThat(result).isInstanceOfSatisfying(Reconciliation.StateAhead.class, ahead -> {
            assertThat(ahead.problem().code()).isEqualTo("E_STATE_AHEAD");
            assertThat(ahead.problem().kind()).isEqualTo(ProblemKind.INTEGRITY);
            assertThat(ahead.problem().fix()).contains("state rewind --stream public.orders");
        });
    }
}
