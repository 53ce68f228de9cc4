package dev.sluice.connector.postgres.log;

import java.util.Locale;

/** Places in the log, as the server writes them: two numbers in hexadecimal, such as {@code 16/B374D848}. */
final class Lsn {
    private static final int HALF_BITS = 32;
    private static final long HALF = 0xFFFF_FFFFL;

    private Lsn() {}

    static String text(long lsn) {
        return Long.toHexString(lsn >>> HALF_BITS).toUpperCase(Locale.ROOT) + "/"
                + Long.toHexString(lsn & HALF).toUpperCase(Locale.ROOT);
    }

    /**
     * The place that a text means.
     *
     * @throws IllegalArgumentException if it means none
     */
    static long parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || text.length() - slash > 9 || slash > 8) {
            throw new IllegalArgumentException("\"" + text + "\" is no place in a log");
        }
        return Long.parseLong(text.substring(0, slash), 16) << HALF_BITS
                | Long.parseLong(text.substring(slash + 1), 16);
    }
}
