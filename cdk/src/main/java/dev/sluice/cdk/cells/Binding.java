package dev.sluice.cdk.cells;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.LongColumn;
import java.nio.charset.StandardCharsets;

/** Where the values of a field come from. */
public sealed interface Binding {

    /** Adds the value that all rows have to a column, each time it is run. */
    default Runnable constant(ColumnBuilder column) {
        return switch (this) {
            case Cells _ -> throw new IllegalStateException("the rows differ");
            case Spoken _ -> throw new IllegalStateException("the rows differ");
            case SameText(String value) -> {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                yield () -> ((BytesColumn.Builder) column).append(bytes);
            }
            case SameMoment(long micros) -> () -> ((LongColumn.Builder) column).append(micros);
            case Missing() -> column::appendNull;
        };
    }

    /**
     * From the cells of a column.
     *
     * @param column the place of the cells in each record
     * @param lenient true if the user chose the type, so that more ways to write a truth value are understood
     */
    record Cells(int column, boolean lenient) implements Binding {}

    /**
     * From the cells of a column of records as connectors of the Airbyte protocol send them: a moment without a zone is in UTC, and a
     * number of more digits than a float holds is rounded, which the row says.
     *
     * @param column the place of the cells in each record
     */
    record Spoken(int column) implements Binding {}

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
