package dev.sluice.airbyte.serve;

import dev.sluice.cdk.schema.JsonSchemas;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stream of a source as the catalog of the protocol has it. */
final class Offered {
    private Offered() {}

    static Map<String, Object> of(CatalogStream stream) {
        Map<String, Object> offered = new LinkedHashMap<>(Messages.descriptor(stream.id()));
        offered.put("json_schema", JsonSchemas.of(stream.schema()));
        offered.put(
                "supported_sync_modes",
                stream.supportsIncremental() ? List.of("full_refresh", "incremental") : List.of("full_refresh"));
        offered.put("source_defined_cursor", stream.cursor().sourceDefined());
        FieldPath cursor = stream.cursor().field();
        if (cursor != null) {
            offered.put("default_cursor_field", cursor.parts());
        }
        if (!stream.primaryKey().isEmpty()) {
            offered.put(
                    "source_defined_primary_key",
                    stream.primaryKey().stream().map(FieldPath::parts).toList());
        }
        offered.put("is_resumable", stream.resumable());
        return offered;
    }
}
