package dev.sluice.cdk.sql;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.data.ValueChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all rows of a run carry in Airbyte's columns.
 *
 * @param generationId the generation
 * @param syncId the run
 */
public record RowStamp(long generationId, long syncId) {

    /** The JSON of {@code _airbyte_meta} for a row with these changes of values. */
    public String metaJson(List<ValueChange> changes) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("sync_id", syncId);
        meta.put("changes", changes.stream().map(RowStamp::words).toList());
        return Json.write(meta);
    }

    private static Map<String, Object> words(ValueChange change) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("field", change.field());
        words.put("change", change.change().name());
        words.put("reason", change.reason().name());
        return words;
    }
}
