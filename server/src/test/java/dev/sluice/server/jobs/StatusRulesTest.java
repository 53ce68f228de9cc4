package dev.sluice.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.state.FailureCount;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.jobs.StreamStanding.Running;
import dev.sluice.server.jobs.StreamStanding.Shown;
import dev.sluice.spi.catalog.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How connections and streams are shown: the first rule that holds. */
class StatusRulesTest {
    private static final Standing OFF = new Standing(Standing.Status.INACTIVE, null, false);
    private static final Standing BROKEN = new Standing(Standing.Status.ACTIVE, null, true);
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static Job job(JobKind kind, JobStatus status) {
        return new Job(
                1,
                JobWish.of(UUID.randomUUID(), kind, UUID.randomUUID(), null),
                status,
                new Job.Course(null, false, FailureCount.NONE, 0, null),
                new Job.Totals(0, 0, 0),
                new Job.Times(NOW, null, NOW, null, NOW));
    }

    private static ConnectionStatus status(Standing standing, boolean wrong, JobStatus... syncs) {
        List<Job> jobs = new ArrayList<>();
        for (JobStatus each : syncs) {
            jobs.add(job(JobKind.SYNC, each));
        }
        return ConnectionStatus.of(jobs, standing, wrong);
    }

    @Test
    void theFirstRuleThatHoldsWins() {
        assertThat(status(BROKEN, true, JobStatus.RUNNING, JobStatus.FAILED)).isEqualTo(ConnectionStatus.RUNNING);
        assertThat(status(BROKEN, true, JobStatus.PENDING)).isEqualTo(ConnectionStatus.QUEUED);
        assertThat(status(BROKEN, true, JobStatus.INCOMPLETE)).isEqualTo(ConnectionStatus.PENDING);
        assertThat(status(BROKEN, false, JobStatus.SUCCEEDED)).isEqualTo(ConnectionStatus.FAILED);
        assertThat(status(OFF, true, JobStatus.FAILED)).isEqualTo(ConnectionStatus.FAILED);
        assertThat(status(OFF, false, JobStatus.SUCCEEDED)).isEqualTo(ConnectionStatus.PAUSED);
        assertThat(status(Standing.ACTIVE, false, JobStatus.CANCELLED)).isEqualTo(ConnectionStatus.INCOMPLETE);
        assertThat(status(Standing.ACTIVE, false)).isEqualTo(ConnectionStatus.PENDING);
        assertThat(status(Standing.ACTIVE, false, JobStatus.FAILED)).isEqualTo(ConnectionStatus.INCOMPLETE);
        assertThat(status(Standing.ACTIVE, false, JobStatus.SUCCEEDED)).isEqualTo(ConnectionStatus.SYNCED);
    }

    @Test
    void afterAClearItWaitsForASync() {
        for (JobStatus status : List.of(JobStatus.SUCCEEDED, JobStatus.FAILED)) {
            assertThat(ConnectionStatus.of(List.of(job(JobKind.CLEAR, status)), Standing.ACTIVE, false))
                    .isEqualTo(ConnectionStatus.PENDING);
        }
        assertThat(ConnectionStatus.of(List.of(job(JobKind.CLEAR, JobStatus.CANCELLED)), Standing.ACTIVE, false))
                .isEqualTo(ConnectionStatus.INCOMPLETE);
    }

    private static StreamStanding standing(boolean complete, boolean cleared, @Nullable Instant succeeded) {
        return new StreamStanding(StreamId.of("a"), complete, cleared, 1L, succeeded, 0, NOW);
    }

    @Test
    void streamsAreShownByTheirRunOrWhatItLeft() {
        StreamStanding good = standing(true, false, NOW);
        assertThat(StreamStanding.shown(null, null, false)).isEqualTo(Shown.QUEUED_FOR_NEXT_SYNC);
        assertThat(StreamStanding.shown(standing(true, true, NOW), null, true)).isEqualTo(Shown.QUEUED_FOR_NEXT_SYNC);
        assertThat(StreamStanding.shown(good, new Running(JobKind.CLEAR, 0, false), true))
                .isEqualTo(Shown.CLEARING);
        assertThat(StreamStanding.shown(good, new Running(JobKind.SYNC, 0, false), true))
                .isEqualTo(Shown.QUEUED);
        assertThat(StreamStanding.shown(good, new Running(JobKind.SYNC, 1, false), true))
                .isEqualTo(Shown.SYNCING);
        assertThat(StreamStanding.shown(good, new Running(JobKind.REFRESH, 1, false), false))
                .isEqualTo(Shown.REFRESHING);
        assertThat(StreamStanding.shown(good, new Running(JobKind.SYNC, 9, true), false))
                .isEqualTo(Shown.SYNCED);
        assertThat(StreamStanding.shown(good, null, true)).isEqualTo(Shown.FAILED);
        assertThat(StreamStanding.shown(standing(false, false, NOW), null, false))
                .isEqualTo(Shown.INCOMPLETE);
        assertThat(StreamStanding.shown(good, null, false)).isEqualTo(Shown.SYNCED);
    }
}
