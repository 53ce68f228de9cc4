package dev.sluice.spi.workbench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the records of a test say of their schema.
 *
 * @param inferred the JSON schema that they have
 * @param differences how it is other than the declared one
 * @param datetimeFormats the format of each field that holds times, by its path
 */
public record FoundSchema(String inferred, List<SchemaDifference> differences, Map<String, String> datetimeFormats) {
    /** Copies list and map, in their order. */
    public FoundSchema {
        differences = List.copyOf(differences);
        datetimeFormats = Collections.unmodifiableMap(new LinkedHashMap<>(datetimeFormats));
    }
}
