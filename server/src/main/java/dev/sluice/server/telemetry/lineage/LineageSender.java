package dev.sluice.server.telemetry.lineage;

import dev.sluice.server.net.EgressGuard;
import dev.sluice.server.net.GuardedHttp;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.spi.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Sends events one after the other, and again if they do not arrive. Until then they are in the store: neither a receiver that
 * is away for a while nor a server that is started anew loses one. No run waits for it.
 */
final class LineageSender {
    private static final Logger LOG = System.getLogger(LineageSender.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How many wait at most; of a receiver that is away for longer, the oldest go. */
    static final int MOST = 10_000;

    /** With the pauses in between, an event that the receiver does not like holds up the others for some hours. */
    static final int TRIES = 12;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
    private static final int AT_ONCE = 100;

    // Who starts the server names the receiver, so it may be where users must not get.
    private final GuardedHttp http = new GuardedHttp(EgressGuard.open(), PATIENCE);
    private final LineageSettings settings;
    private final Store store;
    private final Clock clock;

    LineageSender(LineageSettings settings, Store store, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.clock = clock;
    }

    private record Waiting(long id, String event, long tries, Instant due) {}

    void add(String event) {
        int lost = store.compute(transaction -> {
            transaction.change(
                    "INSERT INTO lineage_event (event, tries, due_at) VALUES (?, 0, ?)",
                    new Json(event),
                    clock.instant());
            long many = transaction.count("SELECT count(*) AS n FROM lineage_event");
            return many <= MOST
                    ? 0
                    : transaction.change(
                            "DELETE FROM lineage_event WHERE id IN (SELECT id FROM lineage_event ORDER BY id LIMIT ?)",
                            many - MOST);
        });
        if (lost > 0) {
            LOG.log(Level.WARNING, lost + " events of lineage are lost, because their receiver is away for too long");
        }
    }

    /** Sends what waits, the oldest first; whatever does not arrive keeps those behind it waiting, for they belong together. */
    void deliver() {
        List<Waiting> waiting = List.of();
        do {
            waiting = store.read(transaction -> transaction.all(
                    row -> new Waiting(
                            row.number("id"), row.json("event").text(), row.number("tries"), row.time("due_at")),
                    "SELECT * FROM lineage_event ORDER BY id LIMIT ?",
                    AT_ONCE));
            for (Waiting event : waiting) {
                if (event.due().isAfter(clock.instant()) || !isSettled(event)) {
                    return;
                }
            }
        } while (waiting.size() == AT_ONCE);
    }

    private boolean isSettled(Waiting event) {
        String key = settings.key();
        try {
            http.post(
                    settings.receiver(),
                    event.event(),
                    key == null ? Map.of() : Map.of("Authorization", "Bearer " + key));
        } catch (ProblemException failure) {
            if (event.tries() + 1 < TRIES) {
                store.change(transaction -> transaction.change(
                        "UPDATE lineage_event SET tries = tries + 1, due_at = ? WHERE id = ?",
                        clock.instant().plus(pause(event.tries())),
                        event.id()));
                return false;
            }
            LOG.log(
                    Level.WARNING,
                    "an event of lineage did not arrive: " + failure.problem().why());
        }
        store.change(transaction -> transaction.change("DELETE FROM lineage_event WHERE id = ?", event.id()));
        return true;
    }

    static Duration pause(long tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
