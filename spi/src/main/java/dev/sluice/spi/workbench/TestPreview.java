package dev.sluice.spi.workbench;

import dev.sluice.spi.type.Field;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a destination would get of the first records.
 *
 * @param columns the columns
 * @param rows the values as texts, in the order of the columns
 * @param problems why records would be rejected, a sentence each
 */
public record TestPreview(List<Field> columns, List<List<@Nullable String>> rows, List<String> problems) {
    /** Nothing. */
    public static final TestPreview NOTHING = new TestPreview(List.of(), List.of(), List.of());

    /**
     * Copies the lists.
     *
     * @param columns the columns
     * @param rows the values
     * @param problems the problems
     */
    public TestPreview(List<Field> columns, List<List<@Nullable String>> rows, List<String> problems) {
        this.columns = List.copyOf(columns);
        this.rows = Collections.unmodifiableList(rows);
        this.problems = List.copyOf(problems);
    }
}
