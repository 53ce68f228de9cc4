package dev.sluice.connector.mysql.log;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The distributed transactions (XA) of a part of the log that are committed in two phases: their rows stand where they were
 * prepared, and count where they are committed. One thread uses it.
 */
final class TwoPhases {
    /** What stands between the words of a statement and has no meaning in them. */
    private static final String BLANKS = "\\s+";

    private final LogPlace end;
    private final Map<String, Prepared> waiting = new HashMap<>();
    private LogPlace openSince;

    /**
     * A transaction that waits for its second phase.
     *
     * @param begun where it begins in the log
     * @param rows where its rows stand, one for each table that is read
     */
    private record Prepared(LogPlace begun, List<TableLog.Parked> rows) {}

    /** How a transaction ended. */
    enum Ending {
        /** It was committed, or has no second phase. */
        KNOWN,
        /** It was committed, and prepared before what was read. */
        UNKNOWN
    }

    /**
     * Makes an empty one.
     *
     * @param end the place for which {@link #openSince} is asked
     */
    TwoPhases(LogPlace end) {
        this.end = end;
        this.openSince = end;
    }

    /** The identity of a transaction as {@link #end} finds it in statements. */
    static String id(String globalHex, String branchHex, long format) {
        return "x'" + globalHex.toLowerCase(Locale.ROOT) + "',x'" + branchHex.toLowerCase(Locale.ROOT) + "'," + format;
    }

    /** A transaction was prepared. */
    void prepare(String id, LogPlace begun, List<TableLog> touched) {
        waiting.put(id, new Prepared(begun, touched.stream().map(TableLog::park).toList()));
    }

    /**
     * A statement of a transaction's second phase.
     *
     * @param sql the statement
     * @param place where it stands
     * @param micros when it was said
     */
    Ending end(String sql, LogPlace place, long micros) {
        String[] words = sql.strip().toLowerCase(Locale.ROOT).split(BLANKS, 3);
        boolean commits = words.length == 3 && words[1].equals("commit");
        if (!commits && (words.length < 3 || !words[1].equals("rollback"))) {
            return Ending.KNOWN; // XA START, XA END
        }
        String id = words[2].replaceAll(BLANKS, "");
        Prepared known = waiting.remove(id);
        if (known == null) {
            return commits && !id.endsWith("onephase") ? Ending.UNKNOWN : Ending.KNOWN;
        }
        if (commits) {
            known.rows().forEach(each -> each.commit(place, micros));
        }
        if (!place.isBefore(end)) {
            openAtEnd(known);
        }
        return Ending.KNOWN;
    }

    private void openAtEnd(Prepared each) {
        openSince = each.begun().isBefore(openSince) ? each.begun() : openSince;
    }

    /** The transactions that were prepared in what was read, and not ended. */
    Set<String> open() {
        return Set.copyOf(waiting.keySet());
    }

    /** Where the oldest transaction begins that was prepared before the end and not ended there; the end if none was. */
    LogPlace openSince() {
        waiting.values().forEach(this::openAtEnd);
        return openSince;
    }
}
