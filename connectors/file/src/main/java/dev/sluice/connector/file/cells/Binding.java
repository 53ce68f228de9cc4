package dev.sluice.connector.file.cells;

/** Where the values of a field come from. */
public sealed interface Binding {

    /**
     * From the cells of a column.
     *
     * @param column the place of the cells in each record
     * @param lenient true if the user chose the type, so that more ways to write a truth value are understood
     */
    record Cells(int column, boolean lenient) implements Binding {}

    /**
     * All rows have one text.
     *
     * @param value the text
     */
    record SameText(String value) implements Binding {}

    /**
     * All rows have one point in time.
     *
     * @param micros the microseconds since 1970-01-01T00:00Z
     */
    record SameMoment(long micros) implements Binding {}

    /** The file does not have the column, so all rows are null. */
    record Missing() implements Binding {}
}
