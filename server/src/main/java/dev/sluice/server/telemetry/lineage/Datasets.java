package dev.sluice.server.telemetry.lineage;

import dev.sluice.engine.connection.Endpoint;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How tables and other streams are called by all who speak of lineage, so that what each of them says fits together. */
final class Datasets {
    private Datasets() {}

    /**
     * A dataset.
     *
     * @param namespace the system that it is in
     * @param name its name there
     */
    record Name(String namespace, String name) {
        Map<String, String> members() {
            return Map.of("namespace", namespace, "name", name);
        }
    }

    /**
     * The name of a stream.
     *
     * @param side where it is
     * @param group its schema or the like; null for none
     * @param table its name in it
     */
    static Name of(Endpoint side, @Nullable String group, String table) {
        Map<String, ?> options = side.config().values();
        Object host = options.get("host");
        Object database = options.get("database");
        return switch (side.connector()) {
            case "postgres", "postgresql" ->
                new Name(
                        "postgres://" + host + ":" + Objects.requireNonNullElse((Object) options.get("port"), 5432),
                        joined(database, group == null ? options.getOrDefault("schema", null) : group, table));
            case "mysql", "mariadb" ->
                new Name(
                        "mysql://" + host + ":" + Objects.requireNonNullElse((Object) options.get("port"), 3306),
                        joined(null, group == null ? database : group, table));
            case "duckdb", "sqlite", "file" ->
                new Name("file", joined(options.get("path") == null ? side.name() : options.get("path"), group, table));
            default -> new Name(side.connector() + "://" + side.name(), joined(null, group, table));
        };
    }

    private static String joined(@Nullable Object... parts) {
        return Stream.of(parts)
                .filter(part -> part != null && !String.valueOf(part).isEmpty())
                .map(String::valueOf)
                .collect(Collectors.joining("."));
    }
}
