package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.log.LogProblems;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.session.ServerFacts;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where the log of a table goes on after a first copy, found at the moment that the copy shows.
 *
 * <p>MariaDB tells of each snapshot at which place of the log it was taken: what stands before is in it, and nothing else.
 * MySQL does not; there the table is locked against writers for an instant. A transaction that changed it holds it until it is
 * committed, so at that moment none is under way, and the place where the log is then is right for this table. To ask for the
 * place first and take the snapshot afterwards would lose transactions that are in the log already and not yet visible.
 */
public final class LogStart {
    private final LogSettings settings;
    private final LogTable table;
    private final LogServer server;
    private final OpenXa openXa;
    private final ToLongFunction<String> made;
    private @Nullable LogPlace place;

    LogStart(LogSettings settings, LogTable table, LogServer server, OpenXa openXa, ToLongFunction<String> made) {
        this.settings = settings;
        this.table = table;
        this.server = server;
        this.openXa = openXa;
        this.made = made;
    }

    /** True if the table has to be locked at that moment. */
    public boolean needsLock() {
        return !server.mariaDb();
    }

    /** How many seconds to wait for the lock. */
    public long waitSeconds() {
        return settings.waitSeconds();
    }

    /**
     * Notes the place in a session whose snapshot was just taken.
     *
     * @param isLocked true if the table is locked against writers since before
     */
    public void mark(MySession session, boolean isLocked) {
        if (isLocked) {
            place = LogServer.End.of(session).place();
            return;
        }
        Map<String, String> found = new HashMap<>();
        session.query("SHOW STATUS LIKE 'binlog_snapshot_%'")
                .forEach(row -> found.put(row.requireText(0).toLowerCase(Locale.ROOT), String.valueOf(row.text(1))));
        String file = found.getOrDefault("binlog_snapshot_file", "");
        if (file.isEmpty()) {
            throw LogProblems.unready(
                            "the server does not tell at which place of its log a snapshot was taken",
                            "start the server with log_bin")
                    .at(table.stream().toString())
                    .exception();
        }
        place = new LogPlace(file, Long.parseLong(found.getOrDefault("binlog_snapshot_position", "")));
    }

    /** The problem of a table that could not be locked. */
    public ProblemException unlocked(ProblemException refused) {
        Problem problem = refused.problem();
        if (problem.kind() == ProblemKind.PERMISSION) {
            return problem.because("the place in the log can be told only while the table is locked for an instant")
                    .fix("GRANT LOCK TABLES ON " + table.database() + ".* TO the account")
                    .exception(refused);
        }
        return Problem.of("E_LOG_WAITS", ProblemKind.TRANSIENT, "transactions that were open before have not ended")
                .at(table.stream().toString())
                .because("a first copy has to begin between transactions, and waited " + settings.waitSeconds()
                        + " s for them")
                .fix("see information_schema.INNODB_TRX ORDER BY trx_started; end them, or set"
                        + " initial_waiting_seconds higher")
                .exception(refused);
    }

    /** The place in the log. */
    LogPlace place() {
        return Objects.requireNonNull(place, "the moment was not marked");
    }

    /** The position at the end of the first copy, once the moment was marked. */
    public Position position(MySession session) {
        LogPlace found = place();
        LogSource.requireShape(session, table);
        return new LogPosition(
                        found,
                        openXa.since(session, found),
                        made.applyAsLong(found.file()),
                        ServerFacts.table(session, table.database(), table.name()),
                        table.shape())
                .in(server.identity(table));
    }

    /** The name of the file of the log, and the place in it. */
    public String file() {
        return place().file();
    }

    /** The place in the file. */
    public long at() {
        return place().at();
    }
}
