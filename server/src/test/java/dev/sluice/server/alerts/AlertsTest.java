package dev.sluice.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.run.StreamStatus;
import dev.sluice.server.Rooms;
import dev.sluice.server.Working;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.connections.StreamSecrets;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.FailureRow;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.secrets.KeyRing;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Alerts: what raises them, that they are one for a connection and a kind, what resolves them, and who is left in peace. */
@ParameterizedClass
@EnumSource(Dialect.class)
class AlertsTest {
    private static final AttemptResult FINE = AttemptResult.succeeded(List.of());
    private static final AttemptResult WRONG = AttemptResult.failed(
            Problem.of("E_PASSWORD", ProblemKind.CONFIG, "the password is wrong: " + "x".repeat(600)), List.of());

    private final TestStore opened;
    private final Store store;
    private final AlertKeeper keeper = new AlertKeeper(TestStore.CLOCK);
    private final Alerts alerts = new Alerts(TestStore.CLOCK);
    private final Connections connections = new Connections(
            TestStore.CLOCK,
            new StreamSecrets(new Secrets(KeyRing.ofText(KeyRing.newKeys()), TestStore.CLOCK)),
            List.of(keeper));
    private final Connection connection;

    AlertsTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        connection = new Rooms(store).connection("Shop to lake");
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private List<Alert> list(AlertState state) {
        return store.read(transaction -> alerts.list(transaction, connection.workspaceId(), state, Page.first(50)));
    }

    private List<AlertKind> open() {
        return list(AlertState.OPEN).stream().map(Alert::kind).toList();
    }

    private void run(AttemptResult... results) {
        Deque<AttemptResult> all = new ArrayDeque<>(List.of(results));
        try (Working working = new Working(store, _ -> all.removeFirst(), TestStore.CLOCK, List.of(keeper))) {
            while (!all.isEmpty()) {
                working.run(connection, JobKind.SYNC);
            }
        }
    }

    private static AttemptResult rejected(long records) {
        return AttemptResult.succeeded(List.of(new AttemptStream(
                StreamId.of("orders"),
                StreamStatus.COMPLETE,
                new AttemptStream.Counts(7, 70, 7, 0, records, 0, -1),
                null,
                Json.EMPTY)));
    }

    @Test
    void aFailureThatGoesOnIsOneAlertAndTheNextSuccessResolvesIt() {
        run(WRONG, WRONG);
        assertThat(list(AlertState.OPEN)).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.SYNC_FAILED);
            assertThat(alert.connectionName()).isEqualTo("Shop to lake");
            assertThat(alert.course().times()).isEqualTo(2);
            assertThat(alert.cause().code()).isEqualTo("E_PASSWORD");
            assertThat(alert.cause().message())
                    .startsWith("the password is wrong: x")
                    .hasSizeLessThan(510);
            assertThat(alert.cause().jobId()).isEqualTo(2);
        });
        run(FINE);
        assertThat(open()).isEmpty();
        assertThat(list(AlertState.RESOLVED))
                .singleElement()
                .satisfies(alert -> assertThat(alert.course().resolvedAt()).isEqualTo(TestStore.CLOCK.instant()));
        run(WRONG);
        assertThat(list(AlertState.OPEN)).as("a new failure is a new alert").hasSize(1);
        assertThat(list(AlertState.RESOLVED)).hasSize(1);
    }

    @Test
    void rejectedRecordsAreAnAlertUntilARunRejectsNone() {
        run(rejected(3));
        assertThat(list(AlertState.OPEN)).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.RECORDS_REJECTED);
            assertThat(alert.kind().severity()).isEqualTo(AlertKind.Severity.WARNING);
            assertThat(alert.cause().count()).isEqualTo(3);
        });
        run(WRONG);
        assertThat(open())
                .as("a run that failed shows nothing about records")
                .containsExactlyInAnyOrder(AlertKind.RECORDS_REJECTED, AlertKind.SYNC_FAILED);
        run(rejected(0));
        assertThat(open()).isEmpty();
    }

    @Test
    void whoeverAcknowledgesOrSnoozesIsLeftInPeaceWhileItGoesOn() {
        run(WRONG);
        Alert alert = list(AlertState.OPEN).getFirst();
        store.change(transaction -> alerts.acknowledge(transaction, alert.id(), "ann"));
        store.change(transaction -> alerts.acknowledge(transaction, alert.id(), "bob"));
        run(WRONG);
        assertThat(open()).isEmpty();
        assertThat(list(AlertState.SILENCED)).singleElement().satisfies(silenced -> {
            assertThat(silenced.attention().acknowledgedBy())
                    .as("whoever was first")
                    .isEqualTo("ann");
            assertThat(silenced.course().times()).isEqualTo(2);
        });
        store.change(transaction -> alerts.forsake(transaction, alert.id()));
        assertThat(open()).hasSize(1);

        Instant soon = TestStore.CLOCK.instant().plus(Duration.ofHours(1));
        store.change(transaction -> alerts.snooze(transaction, alert.id(), soon));
        assertThat(open()).isEmpty();
        Alerts later = new Alerts(Clock.offset(TestStore.CLOCK, Duration.ofHours(1)));
        assertThat(store.<Long>read(transaction -> later.count(transaction, connection.workspaceId(), AlertState.OPEN)))
                .as("the hour is over")
                .isOne();
    }

    @Test
    void aConnectionThatARuleSwitchesOffIsAnAlertUntilItIsOn() {
        run(WRONG);
        try (Working working = new Working(store, _ -> FINE, TestStore.CLOCK, List.of())) {
            Job job = working.run(connection, JobKind.SYNC);
            store.change(
                    transaction -> keeper.disabled(transaction, job, new FailureRow(21, TestStore.CLOCK.instant())));
        }
        assertThat(list(AlertState.OPEN))
                .filteredOn(alert -> alert.kind() == AlertKind.CONNECTION_DISABLED)
                .singleElement()
                .satisfies(alert -> assertThat(alert.cause().code()).isEqualTo(Jobs.DISABLED));
        Standing byRule = new Standing(Standing.Status.INACTIVE, Jobs.DISABLED, false);
        Connection off = store.compute(transaction -> connections.replace(transaction, connection.standing(byRule)));
        assertThat(open()).containsExactlyInAnyOrder(AlertKind.CONNECTION_DISABLED, AlertKind.SYNC_FAILED);
        Connection on = store.compute(transaction -> connections.replace(transaction, off.standing(Standing.ACTIVE)));
        assertThat(open()).as("it failed, and nobody knows better yet").containsExactly(AlertKind.SYNC_FAILED);
        Standing byHand = new Standing(Standing.Status.INACTIVE, null, false);
        store.change(transaction -> connections.replace(transaction, on.standing(byHand)));
        assertThat(open()).as("whoever switches it off knows").isEmpty();
    }

    @Test
    void whatIsDeletedAsksForNobody() {
        run(WRONG);
        store.change(transaction -> connections.delete(transaction, connection));
        assertThat(open()).isEmpty();
        assertThat(list(AlertState.RESOLVED)).as("it is not there any more").isEmpty();
    }

    @Test
    void whatHasBeenRightForLongGoes() {
        run(WRONG, FINE, WRONG);
        Instant tomorrow = TestStore.CLOCK.instant().plus(Duration.ofDays(1));
        assertThat(store.<Integer>compute(transaction -> alerts.sweep(transaction, tomorrow, 10)))
                .isOne();
        assertThat(list(AlertState.RESOLVED)).isEmpty();
        assertThat(open()).containsExactly(AlertKind.SYNC_FAILED);
    }
}
