package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.mysql.session.MyConnections;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.wire.EventFeed;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Looks for the distributed transactions (XA) that were prepared and not ended at a place of the log: what they changed stands
 * before the place and counts behind it.
 */
final class OpenXa {
    private final MyConnections connections;

    OpenXa(MyConnections connections) {
        this.connections = connections;
    }

    /** False if there are none for sure. */
    static boolean maybe(MySession session) {
        boolean some = session.query("SHOW GLOBAL STATUS LIKE 'Com_xa_prepare'").stream()
                .anyMatch(row -> row.whole(1) > 0);
        return some || !prepared(session).isEmpty();
    }

    /** The transactions that are prepared now; none if the account may not know. */
    private static Set<String> prepared(MySession session) {
        boolean mariaDb = session.version().mariaDb();
        try {
            Set<String> ids = new HashSet<>();
            for (SqlRow row : session.query(mariaDb ? "XA RECOVER FORMAT='SQL'" : "XA RECOVER CONVERT XID")) {
                ids.add(mariaDb ? id(row.requireText(3), row.whole(0)) : id(row));
            }
            return ids;
        } catch (ProblemException refused) {
            if (session.isBroken()) {
                throw refused;
            }
            return Set.of();
        }
    }

    private static String id(SqlRow row) {
        String hex = row.requireText(3).substring(2);
        int global = 2 * (int) row.whole(1);
        return TwoPhases.id(hex.substring(0, global), hex.substring(global), row.whole(0));
    }

    /** MariaDB writes each part as a constant: in digits, or as text where it has only letters and digits. */
    private static String id(String constants, long format) {
        String[] parts = constants.split(",", 3);
        return TwoPhases.id(hex(parts[0]), parts.length > 1 ? hex(parts[1]) : "", format);
    }

    private static String hex(String constant) {
        int quote = constant.indexOf('\'');
        if (quote < 0) {
            return "";
        }
        String content = constant.substring(quote + 1, constant.lastIndexOf('\''));
        return quote > 0 ? content : HexFormat.of().formatHex(content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Where the oldest one begins that was open at a place; the place itself if none was.
     *
     * <p>The log is looked through from the beginning of the place's file on, and from further back while transactions are
     * prepared of which nothing was found.
     */
    LogPlace since(MySession session, LogPlace place) {
        if (!maybe(session)) {
            return place;
        }
        Set<String> wanted = prepared(session);
        LogPlace end = LogServer.End.of(session).place();
        List<String> files = LogServer.files(session).keySet().stream()
                .filter(file -> !place.isBefore(new LogPlace(file, 0)))
                .toList();
        int back = 1;
        while (true) {
            String first = files.get(Math.max(0, files.size() - back));
            TwoPhases found = look(new LogPlace(first, EventFeed.FIRST_PLACE), end, place);
            if (back >= files.size() || found.open().containsAll(wanted)) {
                return found.openSince();
            }
            back *= 2;
        }
    }

    private TwoPhases look(LogPlace from, LogPlace end, LogPlace asked) {
        MySession session = connections.open();
        try (LogReading reading = LogReading.ofTwoPhases(from, end, asked)) {
            new LogFiller(LogServer.feed(session, from), reading, from.file()).run();
            return reading.twoPhases();
        } catch (IOException failure) {
            throw LogServer.clearer(session.failed(failure), session.version().mariaDb());
        } finally {
            session.cancel(); // the server may be in the middle of its log
            session.close();
        }
    }
}
