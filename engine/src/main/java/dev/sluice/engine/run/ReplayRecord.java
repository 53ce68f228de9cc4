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
 * @param row the values of its fields as text, by name, in the place of what was kept. Null to read what was kept once more
 * @param mended true if a person wrote the row
 */
public record ReplayRecord(
        long id,
        RejectedRecord record,
        Instant rejectedAt,
        @Nullable Map<String, @Nullable String> row,
        boolean mended) {
    public ReplayRecord {
        Objects.requireNonNull(record);
        Objects.requireNonNull(rejectedAt);
        row = row == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(row));
    }

    /** One that is read once more from what was kept. */
    public static ReplayRecord kept(long id, RejectedRecord record, Instant rejectedAt) {
        return new ReplayRecord(id, record, rejectedAt, null, false);
    }

    /** One whose row is known; see the parts of the record. */
    public static ReplayRecord ofRow(
            long id, RejectedRecord record, Instant rejectedAt, Map<String, @Nullable String> row, boolean mended) {
        return new ReplayRecord(id, record, rejectedAt, row, mended);
    }
}
