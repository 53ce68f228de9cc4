package dev.sluice.server.boot;

import dev.sluice.server.alerts.Alerts;
import dev.sluice.server.auth.Accounts;
import dev.sluice.server.auth.AuditLog;
import dev.sluice.server.auth.Tokens;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.drafts.Draft;
import dev.sluice.server.drafts.Drafts;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.jobs.Logs;
import dev.sluice.server.notify.Messages;
import dev.sluice.server.scheduler.Timetable;
import dev.sluice.server.schemas.Schemas;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.timeline.Timeline;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;

/** What is swept up from time to time, by one of the servers, and how long things are kept. */
final class Sweeps {
    private static final Period JOBS_KEPT = Period.ofMonths(6);
    private static final Period LOGS_KEPT = Period.ofDays(90);
    private static final Period EVENTS_KEPT = Period.ofMonths(18);
    private static final Period ALERTS_KEPT = Period.ofDays(90);
    private static final Period MESSAGES_KEPT = Period.ofDays(30);
    private static final Period CATALOGS_KEPT = Period.ofDays(90);
    private static final Period AUDIT_KEPT = Period.ofDays(365);
    private static final Period DRAFTS_KEPT = Period.ofDays((int) Draft.KEPT.toDays());
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** How many rows go in a transaction, so that nobody waits for long. */
    private static final int AT_ONCE = 500;

    private final Store store;
    private final Clock clock;

    Sweeps(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Deletes some of what is old. */
    private interface Piece {
        /** Deletes, and returns how many rows. */
        int delete(Transaction transaction, Instant before, int most) throws SQLException;
    }

    /** Deletes all that is old; there is never much of it. */
    private interface Whole {
        /** Deletes, and returns how many rows. */
        int delete(Transaction transaction, Instant before) throws SQLException;
    }

    List<Timetable.Sweep> all(Jobs jobs, Secrets secrets) {
        Tokens tokens = new Tokens(clock, new Accounts(clock));
        AuditLog audit = new AuditLog(clock);
        Schemas schemas = new Schemas(clock);
        Timeline timeline = new Timeline(clock);
        Messages messages = new Messages(clock);
        return List.of(
                old("jobs", JOBS_KEPT, jobs::forget),
                old("logs", LOGS_KEPT, Logs::forget),
                old("events", EVENTS_KEPT, timeline::sweep),
                old("alerts", ALERTS_KEPT, new Alerts(clock)::sweep),
                old("old messages", MESSAGES_KEPT, messages::sweep),
                whole("catalogs", CATALOGS_KEPT, schemas::sweep),
                whole("audit", AUDIT_KEPT, audit::sweep),
                whole("drafts", DRAFTS_KEPT, new Drafts(secrets, new Definitions(clock), clock)::sweep),
                new Timetable.Sweep("tokens", HOUR, () -> store.<Integer>compute(tokens::sweep)),
                new Timetable.Sweep("secrets", HOUR.dividedBy(2), () -> store.<Integer>compute(secrets::sweep)));
    }

    private Timetable.Sweep whole(String name, Period kept, Whole whole) {
        return new Timetable.Sweep(
                name, DAY, () -> store.<Integer>compute(transaction -> whole.delete(transaction, before(kept))));
    }

    private Instant before(Period kept) {
        return clock.instant().atOffset(ZoneOffset.UTC).minus(kept).toInstant();
    }

    private Timetable.Sweep old(String name, Period kept, Piece piece) {
        return new Timetable.Sweep(name, DAY, () -> {
            Instant before = before(kept);
            int gone = AT_ONCE;
            while (gone == AT_ONCE) {
                gone = store.compute(transaction -> piece.delete(transaction, before, AT_ONCE));
            }
        });
    }
}
