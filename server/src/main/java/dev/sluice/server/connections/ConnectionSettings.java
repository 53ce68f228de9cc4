package dev.sluice.server.connections;

import dev.sluice.server.store.Json;
import java.util.Objects;

/**
 * How a connection runs.
 *
 * @param schedule when
 * @param naming how tables are called
 * @param schemaRules what happens when the source has changed
 * @param more what is neither searched nor sorted by
 */
public record ConnectionSettings(Schedule schedule, Naming naming, SchemaRules schemaRules, Json more) {
    /** By hand, with the names of the destination. */
    public static final ConnectionSettings DEFAULT =
            new ConnectionSettings(new Schedule.Manual(), Naming.DEFAULT, SchemaRules.DEFAULT, Json.EMPTY);

    public ConnectionSettings {
        Objects.requireNonNull(schedule);
        Objects.requireNonNull(naming);
        Objects.requireNonNull(schemaRules);
        Objects.requireNonNull(more);
    }
}
