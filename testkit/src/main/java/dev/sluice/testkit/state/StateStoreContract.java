package dev.sluice.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.state.FailureCount;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.ReadPart;
import dev.sluice.engine.state.Refresh;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each {@link StateStore} does, wherever it keeps things. */
public abstract class StateStoreContract {
    private static final StreamId SALES = StreamId.of("shop", "sales");
    private static final StreamId PEOPLE = StreamId.of("people");
    private static final Position AT_5 = new Position("server 1", "{\"id\": 5}");

    /** The store of a connection, opened anew: what was kept before has to come from where it is kept. */
    protected abstract StateStore store();

    /** The store of another connection in the same place. */
    protected abstract StateStore ofAnother();

    /** The numbers of all rejected records that are kept of a stream, the oldest first. */
    protected abstract List<Long> rejected(StreamId stream);

    @Test
    void streamsAreKnownAsTheyWereUntilTheyAreForgotten() {
        CatalogStream stream = new CatalogStream(
                SALES,
                Schema.of(new Field("a \"b\"", new DataType.DecimalType(12, 2))),
                Set.of(SyncMode.INCREMENTAL),
                Cursor.KEPT_BY_SOURCE,
                List.of(FieldPath.of("a \"b\"")),
                true,
                Estimate.NONE);
        store().saveKnown(stream);
        store().saveKnown(stream);
        assertThat(store().knownStreams()).containsExactly(stream);
        assertThat(ofAnother().knownStreams()).isEmpty();

        store().forgetKnown(SALES);
        assertThat(store().knownStreams()).isEmpty();
    }

    @Test
    void failuresCountUntilTheJobEnds() {
        Job job = store().beginJob();
        store().saveFailures(job, PEOPLE, new FailureCount(1, 2, 3, 4));
        store().saveFailures(job, PEOPLE, new FailureCount(5, 6, 7, 8));
        assertThat(store().failures(job, PEOPLE)).isEqualTo(new FailureCount(5, 6, 7, 8));
        assertThat(store().failures(job, SALES)).isEqualTo(FailureCount.NONE);

        store().endJob(job, "failed");
        assertThat(store().failures(job, PEOPLE)).isEqualTo(FailureCount.NONE);
    }

    @Test
    void statesComeBackWithAllTheirParts() {
        StreamState published = StreamState.initial(PEOPLE, "by id").published(3, 41, AT_5);
        StreamState wished = StreamState.initial(StreamId.of("wished"), "s").refreshing(Refresh.TRUNCATE);
        StreamState reading = StreamState.initial(SALES, "by \"x\"")
                .reading(4, read(42, AT_5, 2, Map.of("part 1", new SplitProgress("p", false, 7))));
        store().save(published);
        store().save(wished);
        store().save(reading);
        assertThat(store().stream(PEOPLE)).contains(published);
        assertThat(store().streams()).containsExactlyInAnyOrder(published, wished, reading);
        assertThat(ofAnother().streams()).isEmpty();

        StreamState next = published.published(4, 42, new Position("server 1", "6"));
        store().save(next);
        assertThat(store().stream(PEOPLE)).contains(next);
    }

    @Test
    void progressReplacesThatOfItsSplitAlone() {
        store().save(StreamState.initial(SALES, "s").reading(0, read(1, null, 3, Map.of())));
        store().saveProgress(SALES, "part 1", new SplitProgress("5", false, 5));
        store().saveProgress(SALES, "part 1", new SplitProgress(null, true, 9));
        assertThat(store().stream(SALES).orElseThrow().unfinished())
                .isEqualTo(read(1, null, 3, Map.of("part 1", new SplitProgress(null, true, 9))));

        assertThatThrownBy(() -> store().saveProgress(SALES, "of nobody", new SplitProgress(null, true, 1)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().kind()).isEqualTo(ProblemKind.INTERNAL));
    }

    @Test
    void manySplitsStayInTheirOrderAndGoWithTheirRead() {
        StreamState state = StreamState.initial(SALES, "s");
        StreamState reading = state.reading(0, read(1, null, 2_000, Map.of()));
        store().save(reading);
        assertThat(store().stream(SALES)).contains(reading);

        store().save(state.published(0, 1, AT_5));
        store().save(state.reading(1, read(2, AT_5, 1, Map.of())));
        assertThat(store().stream(SALES).orElseThrow().unfinished()).isEqualTo(read(2, AT_5, 1, Map.of()));
    }

    @Test
    void rejectedRecordsCountWithTheProgressThatCoversThem() {
        Job job = beginRead();
        store().saveRejects(job, part(job, "part 0"), List.of(record("a"), record("b")));
        store().saveRejects(job, part(job, "part 1"), List.of(record("c")));
        SplitProgress progress = new SplitProgress("9", false, 5);
        store().markRejects(part(job, "part 0"), progress);
        assertThat(store().countRejects(SALES, job.syncId())).isZero();

        store().saveProgress(SALES, "part 0", progress);
        assertThat(store().countRejects(SALES, job.syncId())).isEqualTo(2);
        assertThat(store().countRejects(PEOPLE, job.syncId())).isZero();
        assertThat(ofAnother().countRejects(SALES, job.syncId())).isZero();
    }

    @Test
    void ofAReadThatGoesOnThoseCountThatTheDestinationConfirms() {
        Job job = beginRead();
        SplitProgress confirmed = new SplitProgress("4", false, 4);
        store().saveRejects(job, part(job, "part 0"), List.of(record("confirmed")));
        store().markRejects(part(job, "part 0"), confirmed);
        store().saveRejects(job, part(job, "part 0"), List.of(record("after it")));
        store().saveRejects(job, part(job, "part 1"), List.of(record("not committed")));
        store().markRejects(part(job, "part 1"), new SplitProgress(null, true, 7));

        store().settleRejects(SALES, job.syncId(), Map.of("part 1", new SplitProgress("3", false, 3)));
        assertThat(rejected(SALES)).isEmpty();

        store().saveRejects(job, part(job, "part 0"), List.of(record("confirmed")));
        store().markRejects(part(job, "part 0"), confirmed);
        store().settleRejects(SALES, job.syncId(), Map.of("part 0", confirmed));
        assertThat(store().countRejects(SALES, job.syncId())).isEqualTo(1);
        assertThat(rejected(SALES)).hasSize(1);
    }

    @Test
    void ofAReadThatIsDiscardedNothingStays() {
        Job job = beginRead();
        rejectOneAndCommit(job, "a");
        store().saveRejects(job, part(job, "part 1"), List.of(record("b")));
        store().discardRejects(SALES, job.syncId());
        assertThat(rejected(SALES)).isEmpty();
        assertThat(store().countRejects(SALES, job.syncId())).isZero();
    }

    @Test
    void replayedRecordsCountNoMoreOnceTheyArePublished() {
        Job job = beginRead();
        rejectOneAndCommit(job, "a");
        rejectOneAndCommit(job, "b");
        rejectOneAndCommit(job, "c");
        List<Long> records = rejected(SALES);
        store().claimRejects(77, records.subList(0, 1));
        store().claimRejects(88, records.subList(1, 2));
        store().rejectAgain(records.getLast(), record("elsewhere"));

        store().settleReplays(SALES, 77);
        assertThat(store().countRejects(SALES, job.syncId())).isEqualTo(2);
        store().settleReplays(SALES, 88);
        assertThat(store().countRejects(SALES, job.syncId())).isEqualTo(2);
    }

    @Test
    void whatIsMissingInAnOlderCopyIsNobodysMatterOnceThereIsANewOne() {
        Job job = beginRead();
        rejectOneAndCommit(job, "a");
        store().supersedeRejects(SALES, 3);
        assertThat(store().countRejects(SALES, job.syncId())).isEqualTo(1);
        store().supersedeRejects(SALES, 4);
        assertThat(store().countRejects(SALES, job.syncId())).isZero();
    }

    private Job beginRead() {
        Job job = store().beginJob();
        store().save(StreamState.initial(SALES, "s").reading(3, read(job.syncId(), null, 2, Map.of())));
        return job;
    }

    private void rejectOneAndCommit(Job job, String place) {
        SplitProgress progress = new SplitProgress(place, false, 1);
        store().saveRejects(job, part(job, "part 0"), List.of(record(place)));
        store().markRejects(part(job, "part 0"), progress);
        store().saveProgress(SALES, "part 0", progress);
    }

    private static ReadPart part(Job job, String split) {
        return new ReadPart(SALES, job.syncId(), 3, split);
    }

    private static RejectedRecord record(String place) {
        return new RejectedRecord(place, "BAD", "it is bad", ("raw " + place).getBytes(StandardCharsets.UTF_8))
                .mappedTo("{\"made\": 1}".getBytes(StandardCharsets.UTF_8));
    }

    private static UnfinishedRead read(
            long syncId, @Nullable Position from, int splits, Map<String, SplitProgress> progress) {
        List<Split> parts = IntStream.range(0, splits)
                .mapToObj(i -> new Split("part " + i, "payload " + i, new Estimate(i, -1)))
                .toList();
        return new UnfinishedRead(syncId, from, "shape", new ReadPlan("token", parts, AT_5), progress);
    }
}
