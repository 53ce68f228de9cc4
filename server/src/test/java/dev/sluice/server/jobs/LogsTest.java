package dev.sluice.server.jobs;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.leases.Leases;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Logs of attempts: what is kept of them, and that it comes back. */
@ParameterizedClass
@EnumSource(Dialect.class)
class LogsTest {
    private final TestStore opened;
    private final Store store;
    private final long job;

    LogsTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        Rooms rooms = new Rooms(store);
        job = rooms.lease(rooms.connection("one"), new Leases(UUID.randomUUID()))
                .jobId();
        store.change(transaction -> transaction.change(
                "INSERT INTO attempt (job_id, number, status, snapshot, records, bytes, rejected, created_at,"
                        + " updated_at) VALUES (?, 0, 'running', '{}', 0, 0, 0, 0, 0)",
                job));
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private void keep(AttemptLog log) {
        List<LogLine> lines = log.waiting();
        store.change(transaction -> Logs.append(transaction, job, 0, lines));
        log.kept(lines.size());
    }

    private List<String> read(long from, int most) {
        return store.read(transaction -> Logs.read(transaction, job, 0, from, most)).stream()
                .map(line -> line.source() + " " + line.level() + ": " + line.message())
                .toList();
    }

    @Test
    void linesComeBackFromAnyPlaceOn() {
        AttemptLog log = new AttemptLog(TestStore.CLOCK, AttemptLog.Room.USUAL);
        for (int i = 0; i < 5; i++) {
            log.add(INFO, "source", "line " + i + "\tof\nmany");
            keep(log);
        }
        assertThat(read(0, 2)).containsExactly("source INFO: line 0\tof many", "source INFO: line 1\tof many");
        assertThat(read(3, 9)).containsExactly("source INFO: line 3\tof many", "source INFO: line 4\tof many");
        assertThat(read(5, 9)).isEmpty();
        assertThat(store.<Long>read(transaction -> Logs.count(transaction, job, 0)))
                .isEqualTo(5);
        assertThat(store.<List<LogLine>>read(transaction -> Logs.read(transaction, job, 0, 0, 1))
                        .getFirst()
                        .at())
                .isEqualTo(TestStore.CLOCK.instant());
    }

    @Test
    void linesThatRepeatAreFoldedAndSecretsGo() {
        AttemptLog log = new AttemptLog(TestStore.CLOCK, AttemptLog.Room.USUAL);
        log.redact(text -> text.replace("canary", "***"));
        log.add(INFO, "source", "again canary");
        log.add(INFO, "source", "again canary");
        log.add(INFO, "source", "again canary");
        log.add(WARNING, "destination", "x".repeat(9_000));
        log.end();
        keep(log);
        assertThat(read(0, 9))
                .containsExactly(
                        "source INFO: again ***",
                        "source INFO: the last line was repeated 2 times",
                        "destination WARNING: " + "x".repeat(8_000) + " ...");
    }

    @Test
    void aLogThatNeverEndsEnds() {
        AttemptLog log = new AttemptLog(TestStore.CLOCK, new AttemptLog.Room(3, 1_000));
        for (int i = 0; i < 9; i++) {
            log.add(INFO, "source", "line " + i);
        }
        keep(log);
        assertThat(read(0, 9))
                .containsExactly(
                        "source INFO: line 0",
                        "source INFO: line 1",
                        "platform WARNING: there is too much to log; further lines are not kept");
    }

    private List<String> next(LogTail tail) {
        return store.read(transaction -> tail.next(transaction, 2)).stream()
                .map(each -> each.number() + " " + each.line().message())
                .toList();
    }

    @Test
    void whoFollowsALogSeesEachLineOnce() {
        AttemptLog log = new AttemptLog(TestStore.CLOCK, AttemptLog.Room.USUAL);
        LogTail tail = new LogTail(job, 0, 1);
        assertThat(next(tail)).isEmpty();
        for (int i = 0; i < 3; i++) {
            log.add(INFO, "source", "line " + i);
        }
        keep(log);
        LogTail late = new LogTail(job, 0, 99);
        assertThat(next(late)).isEmpty();
        assertThat(next(new LogTail(job, 0, 1))).containsExactly("1 line 1", "2 line 2");
        log.add(WARNING, "source", "line 3");
        keep(log);
        log.add(INFO, "destination", "line 4");
        keep(log);
        assertThat(next(late)).containsExactly("3 line 3", "4 line 4");
        assertThat(next(tail)).containsExactly("0 line 0", "1 line 1");
        assertThat(next(tail)).containsExactly("2 line 2", "3 line 3");
        assertThat(next(tail)).containsExactly("4 line 4");
        assertThat(next(tail)).isEmpty();
        assertThat(tail.line()).isEqualTo(5);
    }

    @Test
    void oldLogsGoAndNewOnesStay() {
        AttemptLog log = new AttemptLog(TestStore.CLOCK, AttemptLog.Room.USUAL);
        log.add(INFO, "source", "one");
        keep(log);
        Instant later = TestStore.CLOCK.instant().plusSeconds(1);
        assertThat(store.<Integer>compute(transaction -> Logs.forget(transaction, later, 9)))
                .as("it runs")
                .isZero();
        store.change(transaction -> transaction.change(
                "UPDATE job SET open = ?, ended_at = ? WHERE id = ?", false, TestStore.CLOCK.instant(), job));
        assertThat(store.<Integer>compute(transaction -> Logs.forget(transaction, TestStore.CLOCK.instant(), 9)))
                .isZero();
        assertThat(store.<Integer>compute(transaction -> Logs.forget(transaction, later, 9)))
                .isEqualTo(1);
        assertThat(read(0, 9)).isEmpty();
    }

    @Test
    void linesAreChosenByLevelSourceAndWords() {
        LogLine line = new LogLine(TestStore.CLOCK.instant(), WARNING, "source", "Disk is Full");
        assertThat(new LogQuery(INFO, "source", "is full").matches(line)).isTrue();
        assertThat(new LogQuery(System.Logger.Level.ERROR, null, null).matches(line))
                .isFalse();
        assertThat(new LogQuery(null, "destination", null).matches(line)).isFalse();
        assertThat(new LogQuery(null, null, "empty").matches(line)).isFalse();
        assertThat(LogQuery.ALL.matches(line)).isTrue();
    }
}
