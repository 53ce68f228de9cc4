package dev.sluice.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.run.StreamStatus;
import dev.sluice.server.Rooms;
import dev.sluice.server.Working;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.Naming;
import dev.sluice.server.connections.Schedule;
import dev.sluice.server.connections.SchemaRules;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.connections.StreamSecrets;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.FailureRow;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.json.JsonText;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The timeline: what is written of which change, by whom, and that it comes and goes with it. */
@ParameterizedClass
@EnumSource(Dialect.class)
class TimelineTest {
    private static final Author ANN = new Author(null, "ann");

    private final TestStore opened;
    private final Store store;
    private final Recorder recorder = new Recorder(TestStore.CLOCK);
    private final Connections connections = new Connections(
            TestStore.CLOCK,
            new StreamSecrets(new Secrets(KeyRing.ofText(KeyRing.newKeys()), TestStore.CLOCK)),
            List.of(recorder));
    private final Timeline timeline = new Timeline(TestStore.CLOCK);
    private final Connection connection;

    TimelineTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        connection = new Rooms(store).connection("Shop to lake");
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private List<TimelineEvent> events(EventKind... kinds) {
        EventFilter filter = new EventFilter(connection.id(), Set.of(kinds), null, null, null, null);
        return store.read(transaction -> timeline.list(transaction, filter, Page.first(100)));
    }

    private static Map<String, @Nullable Object> summary(TimelineEvent event) {
        return JsonText.object(event.summary().text());
    }

    private void change(Store.Change change) {
        ScopedValue.where(Author.CURRENT, ANN).run(() -> store.change(change));
    }

    @Test
    void anEditSaysWhatWasAndWhatIsAndWhoDidIt() {
        ConnectionSettings settings = new ConnectionSettings(
                new Schedule.Every(2, Schedule.Unit.HOURS), Naming.DEFAULT, SchemaRules.DEFAULT, Json.EMPTY);
        change(transaction -> connections.replace(transaction, connection.with("Other", settings)));
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(EventKind.CONNECTION_SETTINGS_UPDATE);
            assertThat(event.author()).isEqualTo(ANN);
            assertThat(String.valueOf(summary(event).get("patch")))
                    .contains("name={from=Shop to lake, to=Other}")
                    .contains("scheduleType={from=manual, to=basic}")
                    .contains("scheduleData={from=null, to=2 hours}")
                    .doesNotContain("prefix");
        });
    }

    @Test
    void switchingAndDeletingAreEventsAndWhatIsUndoneIsNone() {
        Standing off = new Standing(Standing.Status.INACTIVE, "tired", false);
        change(transaction -> {
            Connection paused = connections.replace(transaction, connection.standing(off));
            Connection again = connections.replace(transaction, paused.standing(Standing.ACTIVE));
            connections.delete(transaction, again);
        });
        assertThat(events(EventKind.CONNECTION_ENABLED)).hasSize(1);
        assertThat(events(EventKind.CONNECTION_DELETED)).hasSize(1);
        assertThat(events(EventKind.CONNECTION_DISABLED))
                .singleElement()
                .satisfies(event -> assertThat(summary(event)).containsEntry("disabledReason", "tired"));
        assertThatThrownBy(() -> change(transaction -> {
                    connections.replace(transaction, connection);
                }))
                .hasMessageContaining("meanwhile");
        assertThat(events()).hasSize(3);
    }

    private static ConnectionStream stream(String name, String mode, String settings) {
        return new ConnectionStream(StreamId.of(name), true, mode, new Json(settings));
    }

    @Test
    void otherStreamsAreNamedAndMappersAreNotShown() {
        String hash = "{\"mappers\":[{\"type\":\"encryption\",\"key\":\"canary-1f\"}],\"cursorField\":[\"b\"]}";
        change(transaction -> connections.saveStreams(
                transaction,
                connection,
                List.of(stream("a", "full_refresh_append", "{}"), stream("b", "incremental_append", "{}"))));
        assertThat(events()).as("it is being made").isEmpty();
        change(transaction -> connections.saveStreams(
                transaction,
                connection,
                List.of(stream("b", "incremental_append", hash), stream("c", "full_refresh_append", "{}"))));
        assertThat(events(EventKind.SCHEMA_CONFIG_UPDATE))
                .singleElement()
                .satisfies(event -> assertThat(summary(event))
                        .containsEntry("streamsEnabled", List.of("c"))
                        .containsEntry("streamsDisabled", List.of("a"))
                        .containsEntry(
                                "streamsChanged",
                                List.of(Map.of(
                                        "stream",
                                        "b",
                                        "patch",
                                        Map.of("cursorField", JsonText.object("{\"from\":null,\"to\":[\"b\"]}"))))));
        assertThat(events(EventKind.MAPPING_CREATED))
                .singleElement()
                .satisfies(event -> assertThat(summary(event)).containsEntry("streams", List.of("b")));
        assertThat(events())
                .noneMatch(event -> event.summary().text().contains("canary"))
                .hasSize(2);
    }

    @Test
    void runsAreToldByHowTheyEndedAndStartsOnlyOfPeople() {
        Deque<AttemptResult> results = new ArrayDeque<>();
        AttemptStream moved = new AttemptStream(
                StreamId.of("orders"),
                StreamStatus.FAILED,
                new AttemptStream.Counts(7, 70, 7, 0, 2, 0, -1),
                null,
                Json.EMPTY);
        Problem wrong = Problem.of("E_X", ProblemKind.CONFIG, "it is wrong");
        results.add(AttemptResult.succeeded(List.of()));
        results.add(AttemptResult.failed(wrong, List.of(moved)));
        results.add(AttemptResult.failed(wrong, List.of()));
        try (Working working = new Working(store, _ -> results.removeFirst(), TestStore.CLOCK, List.of(recorder))) {
            working.ended(ScopedValue.where(Author.CURRENT, ANN).call(() -> working.add(connection, JobKind.CLEAR)));
            working.run(connection, JobKind.SYNC);
            working.run(connection, JobKind.SYNC);
        }
        assertThat(events())
                .extracting(TimelineEvent::kind)
                .containsExactlyInAnyOrder(
                        EventKind.CLEAR_STARTED,
                        EventKind.CLEAR_SUCCEEDED,
                        EventKind.SYNC_INCOMPLETE,
                        EventKind.SYNC_FAILED);
        assertThat(events(EventKind.SYNC_INCOMPLETE)).singleElement().satisfies(event -> {
            assertThat(summary(event))
                    .containsEntry("recordsLoaded", 7)
                    .containsEntry("recordsRejected", 2)
                    .containsEntry("attemptsCount", 1)
                    .containsEntry("streams", List.of("orders"));
            assertThat(String.valueOf(summary(event).get("failureReason"))).contains("E_X");
            assertThat(event.author()).isNull();
        });
    }

    @Test
    void pagesGoBackInTimeAndOldEventsGo() {
        for (int i = 0; i < 5; i++) {
            int number = i;
            store.change(transaction -> new Timeline(Clock.offset(TestStore.CLOCK, Duration.ofDays(number)))
                    .add(transaction, connection.id(), EventKind.STATE_EDITED, 1L, Map.of("n", number)));
        }
        EventFilter all = EventFilter.of(connection.id());
        assertThat(store.<List<TimelineEvent>>read(transaction -> timeline.list(transaction, all, new Page(2, 1))))
                .extracting(event -> summary(event).get("n"))
                .containsExactly(3, 2);
        EventFilter some = new EventFilter(
                connection.id(),
                Set.of(),
                null,
                1L,
                TestStore.CLOCK.instant().plus(Duration.ofDays(1)),
                TestStore.CLOCK.instant().plus(Duration.ofDays(2)));
        assertThat(store.<List<TimelineEvent>>read(transaction -> timeline.list(transaction, some, Page.first(9))))
                .hasSize(2);
        assertThat(store.<Integer>compute(transaction ->
                        timeline.sweep(transaction, TestStore.CLOCK.instant().plus(Duration.ofDays(3)), 2)))
                .isEqualTo(2);
        assertThat(events()).hasSize(3);
    }

    @Test
    void warningsAndSwitchingOffSayHowLongItGoesWrong() {
        FailureRow row = new FailureRow(21, TestStore.CLOCK.instant());
        try (Working working =
                new Working(store, _ -> AttemptResult.succeeded(List.of()), TestStore.CLOCK, List.of())) {
            Job job = working.run(connection, JobKind.SYNC);
            store.change(transaction -> {
                recorder.warned(transaction, job, row);
                recorder.disabled(transaction, job, row);
            });
        }
        assertThat(events(EventKind.CONNECTION_WARNED))
                .singleElement()
                .satisfies(event -> assertThat(summary(event)).containsEntry("failedJobs", 21));
        assertThat(events(EventKind.CONNECTION_DISABLED))
                .singleElement()
                .satisfies(event -> assertThat(summary(event))
                        .containsEntry("disabledReason", "TOO_MANY_FAILED_JOBS_WITH_NO_RECENT_SUCCESS"));
    }
}
