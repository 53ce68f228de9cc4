package dev.sluice.connector.postgres.log;

/**
 * A place among the changes of a table.
 *
 * @param committedAt the place of the commit of their transaction
 * @param number which of the transaction's changes of the table it is, from 0
 */
record LogPlace(long committedAt, long number) {
    boolean isAfter(LogPlace other) {
        int order = Long.compareUnsigned(committedAt, other.committedAt);
        return order > 0 || (order == 0 && number > other.number);
    }

    String text() {
        return Lsn.text(committedAt) + ":" + number;
    }

    static LogPlace parse(String text) {
        int colon = text.lastIndexOf(':');
        return new LogPlace(Lsn.parse(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }
}
