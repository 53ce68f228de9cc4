package dev.sluice.server.scheduler;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.connections.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When connections run. */
class TimesTest {
    private static final Instant MADE = Instant.parse("2026-03-01T10:00:00Z");
    private static final Schedule HOURLY = new Schedule.Every(6, Schedule.Unit.HOURS);
    private static final Schedule DAILY = new Schedule.Cron("0 30 2 * * ?", "Europe/Vienna");

    @Test
    void anIntervalBeginsWithTheLastRunAndAtOnceIfThereWasNone() {
        assertThat(Times.next(HOURLY, null, MADE)).contains(MADE);
        assertThat(Times.next(HOURLY, MADE.plusSeconds(5), MADE)).contains(MADE.plusSeconds(5 + 6 * 3600));
        assertThat(Times.next(new Schedule.Every(1, Schedule.Unit.MONTHS), MADE, MADE))
                .contains(Instant.parse("2026-03-31T10:00:00Z"));
        assertThat(Times.next(new Schedule.Manual(), MADE, MADE)).isEmpty();
    }

    @Test
    void aCalendarCountsFromTheLastEditAndAMinuteBehindTheLastRun() {
        Schedule minutely = new Schedule.Cron("0 * * * * ?", "UTC");
        assertThat(Times.next(minutely, null, MADE)).contains(Instant.parse("2026-03-01T10:01:00Z"));
        assertThat(Times.next(minutely, Instant.parse("2026-03-01T10:00:30Z"), MADE))
                .contains(Instant.parse("2026-03-01T10:02:00Z"));
        assertThat(Times.next(minutely, Instant.parse("2026-03-01T09:00:00Z"), MADE))
                .as("what was missed before the edit is not made up for")
                .contains(Instant.parse("2026-03-01T10:01:00Z"));
    }

    /** The night when clocks go forward has no half past two, the one when they go back has two of them. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-28T00:00:00Z, 2026-03-28T01:30:00Z",
        "2026-03-29T12:00:00Z, 2026-03-30T00:30:00Z",
        "2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
        "2026-10-25T12:00:00Z, 2026-10-26T01:30:00Z"
    })
    void aTimeOfDayIsThatOfItsZone(Instant since, Instant next) {
        assertThat(Times.next(DAILY, null, since)).contains(next);
    }

    @Test
    void theNextRunsFollowEachOther() {
        assertThat(Times.next(DAILY, null, MADE, MADE, 3))
                .containsExactly(
                        Instant.parse("2026-03-02T01:30:00Z"),
                        Instant.parse("2026-03-03T01:30:00Z"),
                        Instant.parse("2026-03-04T01:30:00Z"));
        Instant late = MADE.plusSeconds(100_000);
        assertThat(Times.next(HOURLY, MADE, MADE, late, 2)).containsExactly(late, late.plusSeconds(6 * 3600));
        assertThat(Times.next(new Schedule.Cron("0 0 0 1 1 ? 2027", "UTC"), null, MADE, MADE, 9))
                .containsExactly(Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void whatNobodyCouldFollowIsRefused() {
        Times.require(DAILY);
        Times.require(HOURLY);
        Stream.of("", "* * *", "0 0 25 * * ?", "0 0 6 * * *x", "0".repeat(600))
                .forEach(expression ->
                        assertProblem(() -> Times.require(new Schedule.Cron(expression, "UTC")), "E_SCHEDULE"));
        for (String zone : List.of("Etc/GMT+3", "Mars/Olympus", "", "etc/UTC")) {
            assertProblem(() -> Times.require(new Schedule.Cron("0 0 6 * * ?", zone)), "E_SCHEDULE");
        }
    }
}
