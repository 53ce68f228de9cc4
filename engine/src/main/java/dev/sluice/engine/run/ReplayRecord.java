package dev.sluice.engine.run;

import dev.sluice.spi.runtime.RejectedRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rejected record that is to be tried again.
 *
 * @param id its number in the store
 * @param record what was kept of it
 * @param rejectedAt when it was rejected; its row counts as extracted then, so that it never takes the place of a newer
 *     one
 * @param row the values of its fields as text, by name, in the place of what was kept; a field without one is null. Null
 *     to read what was kept once more
 */
public record ReplayRecord(
        long id,
        RejectedRecord record,
        Instant rejectedAt,
        @Nullable Map<String, String> row) {
    public ReplayRecord {
        Objects.requireNonNull(record);
        Objects.requireNonNull(rejectedAt);
        row = row == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(row));
    }
}
