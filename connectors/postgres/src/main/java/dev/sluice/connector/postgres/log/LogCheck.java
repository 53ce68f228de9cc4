package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tries whether the log can be read, and says of each thing that lacks what mends it. Makes nothing. */
public final class LogCheck {
    private static final int MOST_NAMED = 10;
    private static final int MEGABYTE_BITS = 20;

    /** A first copy needs a slot for a moment, beside the one that stays. */
    private static final int SLOTS_OF_A_COPY = 1;

    private final LogSettings settings;
    private final PgConnections connections;

    /** Prepares the check. */
    public LogCheck(LogSettings settings, PgConnections connections) {
        this.settings = settings;
        this.connections = connections;
    }

    /** Runs it. */
    public List<Step> run() {
        List<Step> steps = new ArrayList<>();
        try (PgSession session = connections.open()) {
            LogServer server = LogServer.of(session);
            List<Problem> problems = server.problems(session.place());
            problems.forEach(problem -> steps.add(Step.failed("the log", problem)));
            if (problems.isEmpty()) {
                steps.add(Step.ok("the log", "wal_level = " + server.walLevel()));
                steps.add(role());
                steps.add(slot(session, server));
                steps.add(publication(session));
                steps.add(tables(session));
            }
        } catch (ProblemException failure) {
            steps.add(Step.failed("the log", failure.problem()));
        }
        return steps;
    }

    private Step role() {
        String name = "the right to read the log";
        try (PgSession session = connections.openReplication()) {
            session.query("IDENTIFY_SYSTEM");
            return Step.ok(name, "the role may replicate");
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            return Step.failed(
                    name,
                    problem.kind() == ProblemKind.PERMISSION
                            ? problem.fix(
                                    "as a superuser: ALTER ROLE ... REPLICATION, with the name of the user; on hosted"
                                            + " servers the role that stands for it, such as rds_replication")
                            : problem);
        }
    }

    private Step slot(PgSession session, LogServer server) {
        String name = "the replication slot " + settings.slot();
        Optional<LogServer.Slot> found = LogServer.Slot.find(session, settings.slot());
        int wanted = SLOTS_OF_A_COPY + (found.isPresent() ? 0 : 1);
        if (server.freeSlots() < wanted) {
            return Step.failed(
                    name,
                    Problem.of(
                                    "E_SERVER_RESOURCES",
                                    ProblemKind.RESOURCE,
                                    "there is no room for another replication slot")
                            .at(session.place())
                            .fix("drop what nobody needs (SELECT slot_name, active FROM pg_replication_slots), or"
                                    + " ALTER SYSTEM SET max_replication_slots and restart the server"));
        }
        if (found.isEmpty()) {
            return Step.ok(name, "is made at the first run");
        }
        String why = found.get().usable();
        return why == null
                ? Step.ok(name, "makes the server keep " + (found.get().retained() >> MEGABYTE_BITS) + " MB of its log")
                : Step.failed(name, LogSetup.useless(settings.slot(), why, session.place()));
    }

    private Step publication(PgSession session) {
        String name = "the publication " + settings.publication();
        SqlRow row = session.query("""
            SELECT EXISTS (SELECT 1 FROM pg_publication WHERE pubname = ?),
                   (SELECT count(*) FROM pg_publication_tables WHERE pubname = ?),
                   has_database_privilege(current_database(), 'CREATE')\
            """, settings.publication(), settings.publication())
                .getFirst();
        if (row.truth(0)) {
            return Step.ok(name, "has " + row.whole(1) + " tables");
        }
        return row.truth(2)
                ? Step.ok(name, "is made at the first run")
                : Step.failed(
                        name,
                        Problem.of("E_PUBLICATION", ProblemKind.PERMISSION, "the user may not make a publication")
                                .at(session.place())
                                .fix("as the owner of the tables: CREATE PUBLICATION "
                                        + Quoting.identifier(settings.publication()) + " FOR TABLE ..."));
    }

    /** Tables that can be read only whole are no failure: nobody may want more of them. */
    private static Step tables(PgSession session) {
        List<SqlRow> rows = session.query("""
            SELECT format('%I.%I', n.nspname, c.relname)
              FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND NOT c.relispartition
               AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'sluice_internal')
               AND has_table_privilege(c.oid, 'SELECT')
               AND (c.relreplident = 'n' OR (c.relreplident = 'd' AND NOT EXISTS (
                        SELECT 1 FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary)))
             ORDER BY 1\
            """);
        if (rows.isEmpty()) {
            return Step.ok("replica identities", "each table has one");
        }
        String names = rows.stream()
                .limit(MOST_NAMED)
                .map(row -> row.requireText(0))
                .collect(Collectors.joining(", ", "", rows.size() > MOST_NAMED ? ", ..." : ""));
        return Step.ok(
                "replica identities",
                rows.size() + " tables have none and can only be read whole: " + names
                        + "; give them a primary key, or ALTER TABLE ... REPLICA IDENTITY FULL");
    }
}
