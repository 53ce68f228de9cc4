package dev.sluice.testkit.contract;

import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table that a test wants in the place of a source.
 *
 * @param namespace where it shall stand; null for the fixture's own choice
 * @param name its name, not in use yet
 * @param schema its fields; only types that the fixture says it stores
 * @param primaryKey the fields that tell rows apart; the fixture may declare them to the system as a key
 * @param cursor the field that incremental reads go by; null if there is none
 */
public record TableSpec(
        @Nullable String namespace,
        String name,
        Schema schema,
        List<String> primaryKey,
        @Nullable String cursor) {
    public TableSpec {
        Objects.requireNonNull(name);
        Objects.requireNonNull(schema);
        primaryKey = List.copyOf(primaryKey);
    }
}
