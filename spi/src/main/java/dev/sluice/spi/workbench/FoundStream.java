package dev.sluice.spi.workbench;

import java.util.List;
import java.util.Optional;

/**
 * A stream that a definition names.
 *
 * @param name its name
 * @param isTemplate true if streams are made of it when it is asked
 * @param primaryKey the paths of its key
 * @param cursor the path of its cursor; empty if it has none
 * @param schema the JSON schema that it declares; empty if it declares none in its definition
 * @param print a text that changes when what a test of the stream depends on does, and with nothing else
 */
public record FoundStream(
        String name,
        boolean isTemplate,
        List<List<String>> primaryKey,
        List<String> cursor,
        Optional<String> schema,
        String print) {
    /** Copies the lists. */
    public FoundStream {
        primaryKey = List.copyOf(primaryKey);
        cursor = List.copyOf(cursor);
    }
}
