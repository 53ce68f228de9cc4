package dev.sluice.connector.mysql.destination;

import dev.sluice.connector.mysql.destination.LineEncoder.Outcome;
import dev.sluice.connector.mysql.session.MySession;

/**
 * What a server does with JSON.
 *
 * @param maxDepth how deep it lets values lie in each other; 0 if the bytes are no JSON
 * @param numbers how it holds numbers
 */
record ServerJson(int maxDepth, Numbers numbers) {
    /** Of bytes that are no JSON. */
    static final ServerJson NONE = new ServerJson(0, Numbers.AS_TEXT);

    /** MariaDB keeps the text. */
    static final ServerJson OF_MARIADB = new ServerJson(31, Numbers.AS_TEXT);

    private static final int MYSQL_DEPTH = 99;

    /** A number of which old parsers give a neighbour of the nearest one. */
    private static final String PROBE = "1234567890.123456789";

    private static final String NEAREST = "1234567890.1234567";

    /** How a server holds numbers. */
    enum Numbers {
        /** As they are written. */
        AS_TEXT,
        /** In 64 bits, as the parser of MySQL 8.0 reads them. */
        AS_PARSED,
        /** In 64 bits, the nearest that there is. */
        AS_NEAREST
    }

    /** Asks a server. */
    static ServerJson of(MySession session) {
        if (session.version().mariaDb()) {
            return OF_MARIADB;
        }
        String held = session.query("SELECT CAST(CAST('" + PROBE + "' AS JSON) AS CHAR)")
                .getFirst()
                .requireText(0);
        return new ServerJson(MYSQL_DEPTH, held.equals(NEAREST) ? Numbers.AS_NEAREST : Numbers.AS_PARSED);
    }

    /** What becomes of a text. */
    Outcome outcome(byte[] data, int from, int to) {
        if (maxDepth > 0 && JsonDepth.of(data, from, to) > maxDepth) {
            return Outcome.UNFIT;
        }
        return numbers == Numbers.AS_TEXT
                ? Outcome.WRITTEN
                : JsonNumbers.of(data, from, to, numbers == Numbers.AS_NEAREST);
    }
}
