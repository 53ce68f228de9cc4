package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.cursor.PositionProblems;
import dev.sluice.cdk.log.LogProblems;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself, as far as its log is concerned.
 *
 * @param cluster the number that initdb gave it
 * @param timeline the line of its history; 0 for a standby
 * @param database the number of the database
 * @param version its version, such as 180006
 * @param walLevel how much its log tells
 * @param encoding how the database holds text
 * @param freeSlots how many replication slots can still be made
 */
record LogServer(
        String cluster, int timeline, long database, long version, String walLevel, String encoding, long freeSlots) {
    private static final long OLDEST_VERSION = 140_000;

    static LogServer of(PgSession session) {
        SqlRow row = session.query("""
            SELECT (SELECT system_identifier::text FROM pg_control_system()),
                   CASE WHEN pg_is_in_recovery() THEN '0' ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END,
                   (SELECT oid::int8 FROM pg_database WHERE datname = current_database()),
                   current_setting('server_version_num')::int8,
                   current_setting('wal_level'),
                   current_setting('server_encoding'),
                   current_setting('max_replication_slots')::int8 - (SELECT count(*) FROM pg_replication_slots)\
            """).getFirst();
        return new LogServer(
                row.requireText(0),
                Integer.parseUnsignedInt(row.requireText(1), 16),
                row.whole(2),
                row.whole(3),
                row.requireText(4),
                row.requireText(5),
                row.whole(6));
    }

    /** What hinders the reading of the log, with what mends it. */
    List<Problem> problems(String place) {
        List<Problem> problems = new ArrayList<>();
        if (version < OLDEST_VERSION) {
            problems.add(LogProblems.unready(
                    "the log can be read from PostgreSQL 14 on", "update the server, or read by a cursor"));
        }
        if (timeline == 0) {
            problems.add(LogProblems.unready(
                    "the server is a standby, whose log ends elsewhere", "connect to the primary server"));
        }
        if (!walLevel.equals("logical")) {
            problems.add(LogProblems.unready(
                    "the log is written with wal_level = " + walLevel + ", which leaves out what was changed",
                    "ALTER SYSTEM SET wal_level = 'logical'; then restart the server"));
        }
        if (encoding.equals("SQL_ASCII")) {
            problems.add(LogProblems.unready(
                    "the database does not know the encoding of its texts (SQL_ASCII)", "read by a cursor"));
        }
        return problems.stream().map(problem -> problem.at(place)).toList();
    }

    void require(String place) {
        for (Problem problem : problems(place)) {
            throw problem.exception();
        }
    }

    /** What a position in the log of a table belongs to (I4). */
    String identity(LogTable table) {
        return LogPosition.PREFIX + cluster + "/" + timeline + "/" + database + "/" + table.oid();
    }

    /** I4: places in a log can be compared only inside one line of one server's history. */
    void requireIdentity(StreamId stream, LogTable table, Position position) {
        PositionProblems.requireIdentity(
                stream,
                position,
                identity(table),
                "after a restore, a promotion, or DROP and CREATE places in the log cannot be compared",
                "");
    }

    /**
     * A replication slot.
     *
     * @param usable null if it can be used; else why not
     * @param confirmed from where on it still has the log
     * @param retained the bytes of log that the server keeps for it
     */
    record Slot(@Nullable String usable, long confirmed, long retained) {
        static Optional<Slot> find(PgSession session, String name) {
            List<SqlRow> rows = session.query("""
                SELECT CASE WHEN slot_type <> 'logical' THEN 'it is a ' || slot_type || ' slot'
                            WHEN plugin <> 'pgoutput' THEN 'its plugin is ' || plugin
                            WHEN database <> current_database() THEN 'it belongs to the database ' || database
                            WHEN temporary THEN 'it is a temporary one'
                            WHEN wal_status = 'lost' OR confirmed_flush_lsn IS NULL
                            THEN 'the server gave it up, because it kept too much of the log' END,
                       coalesce((confirmed_flush_lsn - '0/0'::pg_lsn)::int8, 0),
                       coalesce((pg_current_wal_lsn() - restart_lsn)::int8, 0)
                  FROM pg_replication_slots WHERE slot_name = ?\
                """, name);
            return rows.stream()
                    .map(row -> new Slot(row.text(0), row.whole(1), row.whole(2)))
                    .findFirst();
        }

        static String drop(String name) {
            return "SELECT pg_drop_replication_slot(" + Quoting.literal(name) + ")";
        }
    }
}
