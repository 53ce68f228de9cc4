package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.cursor.PositionProblems;
import dev.sluice.cdk.log.LogProblems;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.mysql.session.MyConnections;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.session.ServerFacts;
import dev.sluice.connector.mysql.wire.EventFeed;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a server says of itself, as far as its log is concerned.
 *
 * @param mariaDb true for MariaDB
 * @param identity which server it is
 * @param settings its settings by name, all in small letters
 * @param isReplica true if it gets its rows from another server
 */
record LogServer(boolean mariaDb, String identity, Map<String, String> settings, boolean isReplica) {
    private static final List<String> ASKED = List.of(
            "log_bin",
            "binlog_format",
            "binlog_row_image",
            "binlog_row_value_options",
            "log_slave_updates",
            "log_replica_updates",
            "lower_case_table_names",
            "binlog_expire_logs_seconds",
            "expire_logs_days");

    private static final int FORMAT_DESCRIPTION = 15;

    /** What a setting has to be, and what it is if it is right on servers that do not know it. */
    private record Wanted(String name, String value, String why) {}

    private static final List<Wanted> WANTED = List.of(
            new Wanted("binlog_format", "row", "the log has statements and not the rows that they changed"),
            new Wanted("binlog_row_image", "full", "the log has not all columns of a changed row"),
            new Wanted("binlog_row_value_options", "", "the log has only the changed parts of documents"));

    static LogServer of(MySession session) {
        Map<String, String> settings = new LinkedHashMap<>();
        String names = String.join("', '", ASKED);
        for (SqlRow row : session.query("SHOW GLOBAL VARIABLES WHERE Variable_name IN ('" + names + "')")) {
            settings.put(
                    row.requireText(0).toLowerCase(Locale.ROOT),
                    String.valueOf(row.text(1)).toLowerCase(Locale.ROOT));
        }
        boolean mariaDb = session.version().mariaDb();
        boolean replica = mariaDb
                && session.query("SHOW GLOBAL STATUS LIKE 'Slaves_running'").stream()
                        .anyMatch(row -> row.whole(1) > 0);
        return new LogServer(mariaDb, ServerFacts.server(session), settings, replica || !mariaDb);
    }

    boolean foldsCase() {
        return !settings.getOrDefault("lower_case_table_names", "0").equals("0");
    }

    /** How long the server keeps its log, in seconds; 0 for ever. */
    long keptSeconds() {
        long seconds = Long.parseLong(settings.getOrDefault("binlog_expire_logs_seconds", "0"));
        double days = Double.parseDouble(settings.getOrDefault("expire_logs_days", "0"));
        return seconds > 0 ? seconds : (long) (days * 86_400);
    }

    /** What hinders the reading of the log, with what mends it. */
    List<Problem> problems(String place) {
        List<Problem> problems = new ArrayList<>();
        if (!settings.getOrDefault("log_bin", "off").equals("on")) {
            problems.add(LogProblems.unready(
                    "the server writes no binary log (log_bin = OFF)",
                    "start the server with log_bin, and with binlog_format = ROW"));
            return problems.stream().map(problem -> problem.at(place)).toList();
        }
        for (Wanted each : WANTED) {
            String found = settings.getOrDefault(each.name(), each.value());
            if (!found.equals(each.value())) {
                problems.add(LogProblems.unready(
                        each.name() + " = " + found.toUpperCase(Locale.ROOT) + ": " + each.why(),
                        "SET GLOBAL " + each.name() + " = '"
                                + each.value().toUpperCase(Locale.ROOT)
                                + "', also in the server's configuration file; sessions that are open keep the"
                                + " old value"));
            }
        }
        String passed = settings.getOrDefault("log_replica_updates", settings.getOrDefault("log_slave_updates", "on"));
        if (isReplica && passed.equals("off")) {
            problems.add(LogProblems.unready(
                    "the server is a replica that leaves out of its log what it gets from its source",
                    "connect to the primary server, or start the server with "
                            + (mariaDb ? "log_slave_updates" : "log_replica_updates")));
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
        return LogPosition.PREFIX + identity + "/" + table.stream();
    }

    /** I4: places in a log can be compared only inside one server. */
    void requireIdentity(StreamId stream, LogTable table, Position position) {
        PositionProblems.requireIdentity(
                stream,
                position,
                identity(table),
                "after a fail-over or a restore places in the log cannot be compared",
                "");
    }

    /**
     * Where a server's log ends.
     *
     * @param place the place
     * @param only the databases to which the log is limited; none if it is not
     * @param without the databases that it leaves out
     */
    record End(LogPlace place, Set<String> only, Set<String> without) {
        static End of(MySession session) {
            boolean renamed = !session.version().mariaDb() && session.version().isAtLeast(8, 2);
            List<SqlRow> rows;
            try {
                rows = session.query(renamed ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS");
            } catch (ProblemException refused) {
                throw clearer(refused, session.version().mariaDb());
            }
            if (rows.isEmpty()) {
                throw LogProblems.unready("the server writes no binary log", "start the server with log_bin")
                        .at(session.place())
                        .exception();
            }
            SqlRow row = rows.getFirst();
            return new End(new LogPlace(row.requireText(0), row.whole(1)), names(row, 2), names(row, 3));
        }

        private static Set<String> names(SqlRow row, int column) {
            String names = row.text(column);
            return names == null || names.isBlank() ? Set.of() : Set.copyOf(Arrays.asList(names.split(",")));
        }

        /** A database may be kept out of the log, and then nothing tells of its tables. */
        void require(LogTable table) {
            String database = table.database();
            if ((!only.isEmpty() && !only.contains(database)) || without.contains(database)) {
                throw LogProblems.unready(
                                "the server leaves the database " + database + " out of its log",
                                "take it out of binlog_ignore_db, or put it into binlog_do_db, and restart the server")
                        .at(table.stream().toString())
                        .exception();
            }
        }
    }

    /** Says which rights it takes. */
    static ProblemException clearer(ProblemException refused, boolean mariaDb) {
        Problem problem = refused.problem();
        return problem.kind() != ProblemKind.PERMISSION
                ? refused
                : problem.fix("GRANT REPLICATION SLAVE, " + (mariaDb ? "BINLOG MONITOR" : "REPLICATION CLIENT")
                                + " ON *.* TO the account"
                                + (mariaDb ? " (before MariaDB 10.5 REPLICATION CLIENT)" : ""))
                        .exception(refused);
    }

    /** The files of the log and their sizes. */
    static Map<String, Long> files(MySession session) {
        Map<String, Long> files = new LinkedHashMap<>();
        try {
            session.query("SHOW BINARY LOGS").forEach(row -> files.put(row.requireText(0), row.whole(1)));
        } catch (ProblemException refused) {
            throw clearer(refused, session.version().mariaDb());
        }
        return files;
    }

    /** When a file of the log was made, in seconds since 1970. */
    static long made(MyConnections connections, String file) {
        MySession session = connections.open();
        try {
            EventFeed feed = feed(session, new LogPlace(file, EventFeed.FIRST_PLACE));
            while (feed.next()) {
                if (feed.type() == FORMAT_DESCRIPTION) {
                    return feed.seconds();
                }
            }
            throw new IOException("the file " + file + " of the log has no beginning");
        } catch (IOException failure) {
            throw clearer(session.failed(failure), session.version().mariaDb());
        } finally {
            session.cancel(); // the server is in the middle of its log
            session.close();
        }
    }

    /** Begins to read the log. The session is of no other use afterwards. */
    static EventFeed feed(MySession session, LogPlace from) throws IOException {
        EventFeed.PREPARATIONS.forEach(session::attempt);
        return new EventFeed(session.wire(), session.version().mariaDb(), from.file(), from.at());
    }
}
