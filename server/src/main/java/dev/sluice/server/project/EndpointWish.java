package dev.sluice.server.project;

import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source or destination of a project.
 *
 * @param kind which of both
 * @param name its name, which is its identity
 * @param connector the name of its connector
 * @param configuration what it is told, secrets in the clear
 */
record EndpointWish(ConnectorKind kind, String name, String connector, Json configuration) {
    static EndpointWish read(ConnectorKind kind, Map<String, @Nullable Object> members) {
        return new EndpointWish(
                kind,
                String.valueOf(members.get("name")),
                String.valueOf(members.get("connector")),
                new Json(JsonText.write(members.get("configuration"))));
    }

    /** What it is and how it is called. */
    static String label(ConnectorKind kind, String name) {
        return kind.name().toLowerCase(Locale.ROOT) + " " + name;
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return label(kind, name);
    }
}
