package dev.sluice.connector.mysql.log;

/**
 * A place among the changes of a table.
 *
 * @param event where the event begins that tells of it
 * @param number which of the event's rows it is, from 0
 */
record RowPlace(LogPlace event, long number) {
    boolean isAfter(RowPlace other) {
        int order = event.compareTo(other.event);
        return order > 0 || (order == 0 && number > other.number);
    }

    String text() {
        return event.text() + ":" + number;
    }

    static RowPlace parse(String text) {
        int colon = text.lastIndexOf(':');
        return new RowPlace(LogPlace.parse(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }
}
