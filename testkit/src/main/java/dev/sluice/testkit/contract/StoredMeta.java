package dev.sluice.testkit.contract;

import dev.sluice.cdk.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a stored row.
 *
 * @param rawId {@code _airbyte_raw_id}
 * @param extractedAt {@code _airbyte_extracted_at}
 * @param generationId {@code _airbyte_generation_id}
 * @param syncId the {@code sync_id} in {@code _airbyte_meta}
 * @param changes the {@code changes} in {@code _airbyte_meta}
 */
record StoredMeta(String rawId, String extractedAt, String generationId, long syncId, List<Change> changes) {
    /** An altered value. */
    record Change(String field, String change, String reason) {}

    static StoredMeta of(Map<String, @Nullable String> row) {
        Map<String, @Nullable Object> meta = json(text(row, "_airbyte_meta"));
        List<Change> changes = new ArrayList<>();
        if (!(meta.get("changes") instanceof List<?> list)) {
            throw new AssertionError("_airbyte_meta has no list of changes: " + meta);
        }
        for (Object each : list) {
            Map<?, ?> change = (Map<?, ?>) each;
            changes.add(new Change(
                    String.valueOf(change.get("field")),
                    String.valueOf(change.get("change")),
                    String.valueOf(change.get("reason"))));
        }
        if (!(meta.get("sync_id") instanceof Long syncId)) {
            throw new AssertionError("_airbyte_meta has no sync_id: " + meta);
        }
        return new StoredMeta(
                text(row, "_airbyte_raw_id"),
                text(row, "_airbyte_extracted_at"),
                text(row, "_airbyte_generation_id"),
                syncId,
                changes);
    }

    private static Map<String, @Nullable Object> json(String text) {
        try {
            return Json.readObject(text);
        } catch (IllegalArgumentException notJson) {
            throw new AssertionError("_airbyte_meta is no JSON object: " + text, notJson);
        }
    }

    private static String text(Map<String, @Nullable String> row, String column) {
        String text = row.get(column);
        if (text == null) {
            throw new AssertionError("a stored row has no " + column + " but " + row.keySet());
        }
        return text;
    }
}
