package dev.sluice.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of runs that are over, over both databases. */
@ParameterizedClass
@EnumSource(Dialect.class)
class HistoryTest {
    private static final Instant FIRST = Instant.parse("2026-02-27T23:59:59Z");
    private static final Instant SECOND = Instant.parse("2026-02-28T00:00:00Z");
    private static final Instant THIRD = Instant.parse("2026-02-28T12:00:00Z");

    private final TestStore opened;
    private final Store store;
    private final Connection shop;
    private final Connection books;
    private final Connection foreign;

    HistoryTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        Rooms rooms = new Rooms(store);
        shop = rooms.connection("shop");
        books = store.compute(transaction -> new Connections(TestStore.CLOCK)
                .add(transaction, UUID.randomUUID(), shop.workspaceId(), "books", shop.ends(), shop.settings()));
        foreign = rooms.connection(
                rooms.actor(rooms.workspace("Other"), ConnectorKind.SOURCE, "Shop"),
                rooms.actor(rooms.workspace("Third"), ConnectorKind.DESTINATION, "Lake"),
                "foreign");
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private long job(Connection connection, JobKind kind, JobStatus status, Instant at, long records) {
        Instant end = at.plusSeconds(60);
        return store.compute(transaction -> {
            long id = transaction
                    .first(
                            row -> row.number("id"),
                            "INSERT INTO job (workspace_id, connection_id, kind, status, open, request, cancel_wished,"
                                    + " due_at, lease_token, lease_beat, failures, records, bytes, rejected,"
                                    + " created_at, started_at, updated_at, ended_at)"
                                    + " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, 1, ?, ?, ?, ?) RETURNING id",
                            connection.workspaceId(),
                            connection.id(),
                            kind,
                            status,
                            !status.isEnd(),
                            Json.EMPTY,
                            false,
                            Json.EMPTY,
                            records,
                            records * 10,
                            at,
                            at,
                            end,
                            status.isEnd() ? end : null)
                    .orElseThrow();
            for (int attempt = 0; attempt < 2; attempt++) {
                transaction.change(
                        "INSERT INTO attempt (job_id, number, status, snapshot, records, bytes, rejected, created_at,"
                                + " updated_at) VALUES (?, ?, 'failed', ?, 0, 0, 0, ?, ?)",
                        id,
                        attempt,
                        Json.EMPTY,
                        at,
                        end);
                transaction.change(
                        "INSERT INTO attempt_stream (job_id, attempt, namespace, name, status, records_read,"
                                + " bytes_read, records_committed, bytes_committed, records_filtered, records_rejected,"
                                + " details) VALUES (?, ?, '', 's', 'complete', 7, 70, 5, 50, 2, 0, ?)",
                        id,
                        attempt,
                        Json.EMPTY);
            }
            return id;
        });
    }

    private void summary(Connection connection, String shown, @Nullable Instant next) {
        store.change(transaction -> transaction.change(
                "UPDATE connection_summary SET shown_status = ?, last_job_at = ?, failed_in_row = 3,"
                        + " next_run_at = ? WHERE connection_id = ?",
                shown,
                FIRST,
                next,
                connection.id()));
    }

    @Test
    void runsAreThoseThatMovedDataAndEndedWithAllThatTheyRead() {
        long old = job(shop, JobKind.SYNC, JobStatus.SUCCEEDED, FIRST, 100);
        long failed = job(shop, JobKind.REFRESH, JobStatus.FAILED, SECOND, 5);
        job(shop, JobKind.CLEAR, JobStatus.SUCCEEDED, THIRD, 0);
        job(shop, JobKind.SYNC, JobStatus.RUNNING, THIRD, 0);
        job(books, JobKind.SYNC, JobStatus.SUCCEEDED, THIRD, 1);
        List<History.Run> runs = store.read(transaction -> History.runs(transaction, shop.id(), null, 10));
        assertThat(runs).extracting(run -> run.job().id()).containsExactly(failed, old);
        assertThat(runs).extracting(run -> run.sums()).containsOnly(new JobSums(14, 140, 100, 4));
        assertThat(store.<List<History.Run>>read(transaction -> History.runs(transaction, shop.id(), SECOND, 10)))
                .hasSize(1);
        assertThat(store.<List<History.Run>>read(transaction -> History.runs(transaction, shop.id(), null, 1)))
                .hasSize(1);
        assertThat(store.<List<History.Run>>read(transaction -> History.runs(transaction, foreign.id(), null, 9)))
                .isEmpty();
    }

    @Test
    void aDayEndsAtMidnightAndIsOfOneConnectionOrOfAll() {
        job(shop, JobKind.SYNC, JobStatus.SUCCEEDED, FIRST, 100);
        job(shop, JobKind.SYNC, JobStatus.FAILED, SECOND, 5);
        job(books, JobKind.SYNC, JobStatus.SUCCEEDED, THIRD, 1);
        job(foreign, JobKind.SYNC, JobStatus.SUCCEEDED, THIRD, 9);
        LocalDate first = LocalDate.of(2026, 2, 27);
        LocalDate second = LocalDate.of(2026, 2, 28);
        assertThat(store.<List<History.Day>>read(transaction -> History.daysOf(transaction, shop.id(), FIRST)))
                .containsExactly(
                        new History.Day(first, 1, 0, new Job.Totals(100, 1_000, 1)),
                        new History.Day(second, 0, 1, new Job.Totals(5, 50, 1)));
        assertThat(store.<List<History.Day>>read(
                        transaction -> History.daysIn(transaction, shop.workspaceId(), SECOND)))
                .containsExactly(new History.Day(second, 1, 1, new Job.Totals(6, 60, 2)));
    }

    @Test
    void usageIsThatOfEachConnectionTheOneThatMovesMostFirst() {
        job(shop, JobKind.SYNC, JobStatus.SUCCEEDED, FIRST, 100);
        job(shop, JobKind.SYNC, JobStatus.SUCCEEDED, SECOND, 7);
        job(shop, JobKind.REFRESH, JobStatus.FAILED, THIRD, 5);
        job(shop, JobKind.CLEAR, JobStatus.SUCCEEDED, THIRD, 50);
        job(books, JobKind.SYNC, JobStatus.SUCCEEDED, THIRD, 40);
        job(foreign, JobKind.SYNC, JobStatus.SUCCEEDED, THIRD, 9);
        List<History.Usage> usage = store.read(transaction -> History.usage(transaction, shop.workspaceId(), SECOND));
        assertThat(usage).extracting(History.Usage::name).containsExactly(books.name(), shop.name());
        assertThat(usage.getLast()).satisfies(its -> {
            assertThat(its.isThere()).isTrue();
            assertThat(its.runs()).isEqualTo(2);
            assertThat(its.failed()).isOne();
            assertThat(its.seconds()).isEqualTo(120);
            assertThat(its.totals()).isEqualTo(new Job.Totals(12, 120, 2));
        });
    }

    @Test
    void aListNamesConnectionsAndCountsAttempts() {
        job(shop, JobKind.SYNC, JobStatus.SUCCEEDED, FIRST, 1);
        job(books, JobKind.CLEAR, JobStatus.FAILED, SECOND, 2);
        JobFilter all = new JobFilter(
                List.of(shop.workspaceId()),
                null,
                EnumSet.allOf(JobKind.class),
                Set.of(),
                JobFilter.Span.ALWAYS,
                JobFilter.Span.ALWAYS);
        List<History.Listed> listed =
                store.read(transaction -> History.list(transaction, all, JobOrder.NEWEST, Page.first(5)));
        assertThat(listed).extracting(History.Listed::connectionName).containsExactly("books", "shop");
        assertThat(listed).extracting(History.Listed::attempts).containsOnly(2L);
        assertThat(store.<List<History.Listed>>read(
                        transaction -> History.list(transaction, all, JobOrder.NEWEST, new Page(5, 2))))
                .isEmpty();
    }

    @Test
    void whatGoesWrongAndWhatComesIsOfConnectionsThatAreOn() {
        summary(shop, "failed", THIRD);
        summary(books, "failed", SECOND);
        assertThat(store.<List<History.Failing>>read(
                        transaction -> History.failing(transaction, shop.workspaceId(), 9)))
                .hasSize(2)
                .contains(new History.Failing(shop.id(), "shop", null, FIRST, 3));
        assertThat(store.<List<History.Coming>>read(transaction -> History.coming(transaction, shop.workspaceId(), 9)))
                .containsExactly(
                        new History.Coming(books.id(), "books", SECOND), new History.Coming(shop.id(), "shop", THIRD));
        store.change(transaction -> new Connections(TestStore.CLOCK)
                .replace(transaction, shop.standing(new Standing(Standing.Status.INACTIVE, null, false))));
        assertThat(store.<List<History.Failing>>read(
                        transaction -> History.failing(transaction, shop.workspaceId(), 9)))
                .extracting(History.Failing::name)
                .containsExactly("books");
        assertThat(store.<List<History.Coming>>read(transaction -> History.coming(transaction, shop.workspaceId(), 1)))
                .extracting(History.Coming::name)
                .containsExactly("books");
    }
}
