package dev.sluice.testkit.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reader sees at the place of a target, read by means of the system itself and never by the connector. Immutable.
 *
 * @param columns the names of all columns, in order, with those of the metadata
 * @param rows the rows in any order, by the name of the column; null where a row has no value. A value is the canonical
 *     text of its field's type, as {@link dev.sluice.spi.data.ValueText} defines it: bytes in hexadecimal digits, dates
 *     and times as in ISO 8601. The metadata is {@code _airbyte_raw_id} as text, {@code _airbyte_extracted_at} as a
 *     timestamp with time zone, {@code _airbyte_meta} as JSON text, {@code _airbyte_generation_id} as a whole number,
 *     under these names even if the system spells them otherwise
 */
public record TargetContent(List<String> columns, List<Map<String, @Nullable String>> rows) {
    /** Content of these columns and rows. */
    // Spelled out because the compiler forgets the nullness inside the types of a compact constructor's parameters.
    public TargetContent(List<String> columns, List<Map<String, @Nullable String>> rows) {
        this.columns = List.copyOf(columns);
        List<Map<String, @Nullable String>> copy = new ArrayList<>(rows.size());
        for (Map<String, @Nullable String> row : rows) {
            copy.add(Collections.unmodifiableMap(new LinkedHashMap<>(row)));
        }
        this.rows = Collections.unmodifiableList(copy);
    }
}
