package dev.sluice.dist.types;

import dev.sluice.dist.types.NativeColumn.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a table of a source is made of, beside the column that numbers its rows.
 *
 * @param names the names of its columns
 * @param columns their types
 * @param rows the values, one for each column
 */
record Content(List<String> names, List<NativeColumn> columns, List<List<@Nullable Sample>> rows) {
    Content {
        names = List.copyOf(names);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** All values that the columns know, and a row of nulls. */
    static Content of(List<NativeColumn> columns) {
        List<List<@Nullable Sample>> rows = new ArrayList<>();
        for (int row = 0; row < NativeColumn.rows(columns); row++) {
            List<@Nullable Sample> values = new ArrayList<>();
            for (NativeColumn column : columns) {
                values.add(column.sample(row));
            }
            rows.add(Collections.unmodifiableList(values));
        }
        return new Content(
                IntStream.range(0, columns.size()).mapToObj(NativeColumn::name).toList(), columns, rows);
    }
}
