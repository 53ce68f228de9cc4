package dev.sluice.connector.mysql.session;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What the server says of itself and of a table: which they are, and whether the table was changed. */
public final class ServerFacts {
    private ServerFacts() {}

    /** The server as it was set up. */
    public static String server(MySession session) {
        String variable = session.version().mariaDb() ? "@@server_uid" : "@@server_uuid";
        return first(session, "SELECT " + variable)
                .or(() -> first(session, "SELECT CONCAT(@@server_id, '@', @@hostname, ':', @@port)"))
                .orElse("unknown");
    }

    /** The table as it was made: another table under the same name has another text, and so has one that was rebuilt. */
    public static String table(MySession session, String database, String table) {
        return (session.version().mariaDb()
                        ? mariaDbNumber(session, database, table)
                        : number(session, database, table))
                .or(() -> first(session, "SELECT CREATE_TIME" + from(database, table)))
                .orElse("");
    }

    private static Optional<String> mariaDbNumber(MySession session, String database, String table) {
        String name = "CONCAT(CAST(CONVERT(" + Quoting.literal(database) + " USING filename) AS BINARY), '/',"
                + " CAST(CONVERT(" + Quoting.literal(table) + " USING filename) AS BINARY))";
        return first(
                session,
                "SELECT TABLE_ID FROM information_schema.INNODB_SYS_TABLES WHERE CAST(NAME AS BINARY) = " + name);
    }

    /** MySQL 8 does not tell any more what a name is called in its files. */
    private static Optional<String> number(MySession session, String database, String table) {
        return FileNames.of(database)
                .flatMap(folder -> FileNames.of(table).map(file -> folder + "/" + file))
                .flatMap(name -> first(
                        session,
                        "SELECT TABLE_ID FROM information_schema.INNODB_TABLES WHERE CAST(NAME AS BINARY) = "
                                + Quoting.bytes(name.getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * A text that stays the same exactly as long as the table does not change; empty if the server does not tell. It keeps
     * the second of the last change in its memory only, so the text also holds when the server started.
     */
    public static Optional<String> lastChange(MySession session, String database, String table) {
        Optional<SqlRow> row =
                row(session, "SELECT UPDATE_TIME, UPDATE_TIME < NOW() - INTERVAL 2 SECOND" + from(database, table));
        Optional<SqlRow> started = row(session, "SHOW GLOBAL STATUS LIKE 'Uptime'");
        Optional<String> now = first(session, "SELECT UNIX_TIMESTAMP()");
        if (row.isEmpty()
                || row.get().text(0) == null
                || row.get().whole(1) == 0
                || started.isEmpty()
                || now.isEmpty()) {
            return Optional.empty();
        }
        // Rounded, because the two numbers are not of the same moment.
        long start = (Long.parseLong(now.get()) - started.get().whole(1) + 30) / 60;
        return Optional.of(row.get().requireText(0) + ", server started in minute " + start);
    }

    private static String from(String database, String table) {
        return " FROM information_schema.TABLES WHERE TABLE_SCHEMA = " + Quoting.literal(database)
                + " AND TABLE_NAME = " + Quoting.literal(table);
    }

    private static Optional<String> first(MySession session, String sql) {
        return row(session, sql).map(row -> row.text(0));
    }

    /** The first row; empty if there is none, or if this server does not know or allow the question. */
    private static Optional<SqlRow> row(MySession session, String sql) {
        try {
            List<SqlRow> rows = session.query(sql);
            return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
        } catch (ProblemException refused) {
            if (session.isBroken()) {
                throw refused;
            }
            return Optional.empty();
        }
    }
}
