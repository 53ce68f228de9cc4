package dev.sluice.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.ReadPart;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejected records in a state file: when they count, how much of them is kept, and for how long. */
class RejectRowsTest {
    private static final StreamId ORDERS = StreamId.of("public", "orders");
    private static final StreamId USERS = StreamId.of("users");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final RejectFilter ALL = new RejectFilter(null, null, null, List.of(), true);

    @TempDir
    Path directory;

    private StateFile file;
    private SqliteStateStore store;
    private Job job;

    @BeforeEach
    void open() {
        file = StateFile.open(path(), Clock.fixed(NOW, ZoneOffset.UTC));
        store = file.connection("shop");
        job = store.beginJob();
    }

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void countsRecordsWithTheProgressThatCoversThem() {
        reading(ORDERS, "s0", "s1");
        store.saveRejects(job, part(ORDERS, "s0"), List.of(reject("a:1", "BAD"), reject("a:2", "BAD")));
        store.saveRejects(job, part(ORDERS, "s1"), List.of(reject("b:1", "BAD")));
        SplitProgress progress = new SplitProgress("9", false, 5);
        store.markRejects(part(ORDERS, "s0"), progress);
        assertThat(states()).containsExactly("a:1 pending", "a:2 pending", "b:1 pending");

        store.saveProgress(ORDERS, "s0", progress);

        assertThat(states()).containsExactly("a:1 open", "a:2 open", "b:1 pending");
        assertThat(store.countRejects(ORDERS, job.syncId())).isEqualTo(2);
    }

    @Test
    void goesByWhatTheDestinationConfirmsWhenAReadGoesOn() {
        reading(ORDERS, "s0", "s1", "s2");
        SplitProgress committed = new SplitProgress(null, true, 5);
        store.saveRejects(job, part(ORDERS, "s0"), List.of(reject("committed", "BAD")));
        store.markRejects(part(ORDERS, "s0"), committed);
        store.saveRejects(job, part(ORDERS, "s1"), List.of(reject("not committed", "BAD")));
        store.markRejects(part(ORDERS, "s1"), new SplitProgress(null, true, 7));
        store.saveRejects(job, part(ORDERS, "s2"), List.of(reject("not even prepared", "BAD")));
        store.saveRejects(job, part(USERS, "s0"), List.of(reject("another stream", "BAD")));

        store.settleRejects(ORDERS, job.syncId(), Map.of("s0", committed, "s1", new SplitProgress("3", false, 3)));

        assertThat(states()).containsExactlyInAnyOrder("committed open", "another stream pending");
    }

    @Test
    void forgetsWhatWasRejectedOfADiscardedRead() {
        reading(ORDERS, "s0");
        counting("s0", "a:1");
        store.saveRejects(job, part(ORDERS, "s0"), List.of(reject("a:2", "BAD")));

        store.discardRejects(ORDERS, job.syncId());

        assertThat(states()).isEmpty();
    }

    @Test
    void listsByReasonAndShowsEachWhole() {
        reading(ORDERS, "s0");
        reading(USERS, "s0");
        RejectedRecord row = RejectedRecord.ofRow("id=7", "VALUE_NULLED", "because", bytes("{\"id\":7}"))
                .inField("price");
        RejectedRecord cut = reject("a:9", "WORSE").from("{\"columns\":[]}").cutFrom(99_999);
        store.saveRejects(job, part(ORDERS, "s0"), List.of(reject("a:1", "BAD"), reject("a:2", "BAD"), row, cut));
        cover(ORDERS);
        store.saveRejects(job, part(USERS, "s0"), List.of(reject("b:1", "BAD")));
        cover(USERS);

        assertThat(store.rejectGroups(of("public.orders")))
                .extracting(group ->
                        group.code() + " " + group.field() + " " + group.count().records())
                .containsExactly("BAD null 2", "VALUE_NULLED price 1", "WORSE null 1");
        assertThat(store.rejectGroups(RejectFilter.OPEN)).hasSize(4);
        assertThat(store.rejects(new RejectFilter("orders", job.syncId(), "VALUE_NULLED", List.of(), false), 9))
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.record().form()).isEqualTo(RejectedRecord.Form.ROW);
                    assertThat(kept.record().field()).isEqualTo("price");
                    assertThat(kept.record().original()).isEqualTo(bytes("{\"id\":7}"));
                    assertThat(kept.rejectedAt()).isEqualTo(NOW);
                });
        KeptReject last = store.rejects(of("orders"), 9).getLast();
        assertThat(last.record().isCut()).isTrue();
        assertThat(last.record().origin()).isEqualTo("{\"columns\":[]}");
        assertThat(store.rejects(new RejectFilter(null, null, null, List.of(last.id()), false), 9))
                .hasSize(1);
        assertThat(store.rejects(RejectFilter.OPEN, 2)).hasSize(2);
    }

    @Test
    void countsByTheirReasonThoseThatAreTooManyToKeep() {
        reading(ORDERS, "s0");
        List<RejectedRecord> many = new ArrayList<>(Collections.nCopies(RejectRows.MOST, reject("a", "BAD")));
        many.add(reject("b", "BAD"));
        many.add(reject("c", "WORSE"));
        store.saveRejects(job, part(ORDERS, "s0"), many);
        store.saveRejects(job, part(ORDERS, "s0"), List.of(reject("d", "WORSE"), reject("e", "WORSE")));
        cover(ORDERS);

        assertThat(store.countRejects(ORDERS, job.syncId())).isEqualTo(RejectRows.MOST + 4);
        assertThat(store.rejectGroups(RejectFilter.OPEN))
                .extracting(group -> group.code() + " " + group.count())
                .containsExactly("BAD Count[records=100001, kept=100000]", "WORSE Count[records=3, kept=0]");
    }

    @Test
    void countsThoseThatAreTooLargeToKeep() {
        reading(ORDERS, "s0");
        byte[] large = new byte[1 << 20];
        RejectedRecord record = new RejectedRecord("a", "BAD", "because", large);
        for (int i = 0; i < RejectRows.MOST_BYTES / large.length + 3; i++) {
            store.saveRejects(job, part(ORDERS, "s0"), List.of(record));
        }
        cover(ORDERS);

        assertThat(store.rejectGroups(RejectFilter.OPEN).getFirst().count()).isEqualTo(new RejectGroup.Count(67, 64));
    }

    @Test
    void settlesReplaysByWhatWasPublished() {
        reading(ORDERS, "s0");
        counting("s0", "a:1", "a:2", "a:3");
        List<Long> ids =
                store.rejects(RejectFilter.OPEN, 9).stream().map(KeptReject::id).toList();
        store.claimRejects(77, ids.subList(0, 1));
        store.claimRejects(88, ids.subList(1, 2));
        store.rejectAgain(ids.getLast(), reject("elsewhere", "STILL"));

        store.settleReplays(ORDERS, 77);

        assertThat(states()).containsExactly("a:1 replayed", "a:2 open", "a:3 open");
        assertThat(store.rejects(RejectFilter.OPEN, 9))
                .extracting(kept -> kept.record().code())
                .containsExactly("BAD", "STILL");
    }

    @Test
    void makesOlderCopiesVoid() {
        reading(ORDERS, "s0");
        counting("s0", "a:1");
        store.supersedeRejects(ORDERS, 3);
        assertThat(states()).containsExactly("a:1 open");
        store.supersedeRejects(ORDERS, 4);
        assertThat(states()).containsExactly("a:1 superseded");
        assertThat(store.rejectGroups(RejectFilter.OPEN)).isEmpty();
    }

    @Test
    void forgetsThemWhenSomebodySaysSoAndAfterAMonth() {
        reading(ORDERS, "s0");
        counting("s0", "a:1", "a:2");
        published(ORDERS);
        long first = store.rejects(RejectFilter.OPEN, 1).getFirst().id();
        assertThat(store.forgetRejects(new RejectFilter(null, null, null, List.of(first), false)))
                .isEqualTo(1);
        assertThat(states()).containsExactly("a:2 open");
        store.endJob(job, "succeeded");
        file.close();

        file = StateFile.open(path(), Clock.fixed(NOW.plus(Duration.ofDays(31)), ZoneOffset.UTC));
        store = file.connection("shop");
        store.beginJob();
        assertThat(states()).isEmpty();
    }

    /** Without them a source would take the counts of an incomplete read for proof that nothing has changed. */
    @Test
    void keepsThemAsLongAsTheirReadIsInterrupted() {
        reading(ORDERS, "s0");
        counting("s0", "a:1");
        assertThat(store.forgetRejects(ALL)).isZero();
        file.close();

        file = StateFile.open(path(), Clock.fixed(NOW.plus(Duration.ofDays(31)), ZoneOffset.UTC));
        store = file.connection("shop");
        store.beginJob();

        assertThat(store.countRejects(ORDERS, job.syncId())).isEqualTo(1);
    }

    @Test
    void takesOverWhatAnOlderVersionKept() throws SQLException {
        file.close();
        sql(
                "DROP TABLE rejected",
                "CREATE TABLE reject (connection TEXT, sync_id INTEGER, namespace TEXT, name TEXT, place TEXT,"
                        + " code TEXT, reason TEXT, original BLOB)",
                "CREATE TABLE reject_overflow (connection TEXT, sync_id INTEGER, namespace TEXT, name TEXT,"
                        + " records INTEGER)",
                "INSERT INTO reject SELECT id, " + job.syncId() + ", '', 'users', 'a:1', 'BAD', 'because', x'00ff'"
                        + " FROM connection",
                "INSERT INTO reject_overflow SELECT id, " + job.syncId() + ", '', 'users', 12 FROM connection",
                "PRAGMA user_version = 3");

        open();

        assertThat(store.rejectGroups(RejectFilter.OPEN))
                .extracting(group -> group.code() + " " + group.count().records())
                .containsExactly("COUNTED 12", "BAD 1");
        assertThat(store.rejects(RejectFilter.OPEN, 9).getFirst().record().original())
                .isEqualTo(new byte[] {0, -1});
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path());
                Statement each = connection.createStatement()) {
            for (String statement : statements) {
                each.execute(statement);
            }
        }
    }

    private Path path() {
        return directory.resolve("shop.db");
    }

    private void reading(StreamId stream, String... splits) {
        List<Split> parts = new ArrayList<>();
        for (String split : splits) {
            parts.add(new Split(split, "payload", Estimate.NONE));
        }
        UnfinishedRead read =
                new UnfinishedRead(job.syncId(), null, "shape", new ReadPlan("token", parts, null), Map.of());
        store.save(StreamState.initial(stream, "settings").reading(3, read));
    }

    private void published(StreamId stream) {
        store.save(StreamState.initial(stream, "settings").published(3, job.syncId(), null));
    }

    private void counting(String split, String... places) {
        for (String place : places) {
            store.saveRejects(job, part(ORDERS, split), List.of(reject(place, "BAD")));
        }
        cover(ORDERS);
    }

    private void cover(StreamId stream) {
        SplitProgress progress = new SplitProgress(null, true, 1);
        store.markRejects(part(stream, "s0"), progress);
        store.saveProgress(stream, "s0", progress);
    }

    private List<String> states() {
        return store.rejects(ALL, 99).stream()
                .map(kept -> kept.record().place() + " " + kept.state().key())
                .toList();
    }

    private static RejectFilter of(String stream) {
        return new RejectFilter(stream, null, null, List.of(), false);
    }

    private ReadPart part(StreamId stream, String split) {
        return new ReadPart(stream, job.syncId(), 3, split);
    }

    private static RejectedRecord reject(String place, String code) {
        return new RejectedRecord(place, code, "because", bytes("raw " + place));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
