package dev.sluice.server.connections;

import dev.sluice.server.store.Life;
import dev.sluice.server.store.Row;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Connections and their streams as rows. */
final class ConnectionRows {
    /** The columns that change, in the order of {@link #changing}. */
    static final List<String> CHANGING = List.of(
            "name",
            "source_catalog_id",
            "destination_catalog_id",
            "status",
            "status_reason",
            "breaking_change",
            "schedule_type",
            "schedule_every",
            "schedule_unit",
            "schedule_cron",
            "schedule_zone",
            "namespace_definition",
            "namespace_format",
            "prefix",
            "schema_changes",
            "backfill",
            "notify_schema_changes",
            "settings",
            "updated_at",
            "deleted_at",
            "version");

    private ConnectionRows() {}

    /** The values of the columns that change, and behind them others. */
    static @Nullable Object[] changing(Connection connection, Life life, @Nullable Object... others) {
        Standing standing = connection.standing();
        Naming naming = connection.settings().naming();
        SchemaRules rules = connection.settings().schemaRules();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(connection.name());
        values.add(connection.ends().sourceCatalogId());
        values.add(connection.ends().destinationCatalogId());
        values.add(standing.status());
        values.add(standing.reason());
        values.add(standing.breakingChange());
        values.addAll(schedule(connection.settings().schedule()));
        values.add(naming.definition());
        values.add(naming.format());
        values.add(naming.prefix());
        values.add(rules.reaction());
        values.add(rules.backfill());
        values.add(rules.notifies());
        values.add(connection.settings().more());
        values.add(life.updatedAt());
        values.add(life.deletedAt());
        values.add(life.version());
        values.addAll(Arrays.asList(others));
        return values.toArray(Object[]::new);
    }

    private static List<@Nullable Object> schedule(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Manual() -> Arrays.asList("manual", null, null, null, null);
            case Schedule.Every(long count, Schedule.Unit unit) -> Arrays.asList("basic", count, unit, null, null);
            case Schedule.Cron(String expression, String zone) -> Arrays.asList("cron", null, null, expression, zone);
        };
    }

    static Connection read(Row row) throws SQLException {
        return new Connection(
                row.id("id"),
                row.id("workspace_id"),
                row.text("name"),
                new ConnectionEnds(
                        row.id("source_id"),
                        row.id("destination_id"),
                        row.idOrNull("source_catalog_id"),
                        row.idOrNull("destination_catalog_id")),
                new Standing(
                        row.word("status", Standing.Status.class),
                        row.textOrNull("status_reason"),
                        row.flag("breaking_change")),
                new ConnectionSettings(
                        readSchedule(row),
                        new Naming(
                                row.word("namespace_definition", Naming.Namespaces.class),
                                row.textOrNull("namespace_format"),
                                row.text("prefix")),
                        new SchemaRules(
                                row.word("schema_changes", SchemaRules.Reaction.class),
                                row.flag("backfill"),
                                row.flag("notify_schema_changes")),
                        row.json("settings")),
                row.life());
    }

    private static Schedule readSchedule(Row row) throws SQLException {
        String type = row.text("schedule_type");
        return switch (type) {
            case "manual" -> new Schedule.Manual();
            case "basic" ->
                new Schedule.Every(row.number("schedule_every"), row.word("schedule_unit", Schedule.Unit.class));
            case "cron" -> new Schedule.Cron(row.text("schedule_cron"), row.text("schedule_zone"));
            default -> throw new SQLException("no schedule is " + type);
        };
    }

    /** A namespace for a key, in which nothing may be null. */
    static String namespace(StreamId stream) {
        return Objects.requireNonNullElse(stream.namespace(), "");
    }

    static ConnectionStream readStream(Row row) throws SQLException {
        String namespace = row.text("namespace");
        return new ConnectionStream(
                StreamId.of(namespace.isEmpty() ? null : namespace, row.text("name")),
                row.flag("selected"),
                row.text("sync_mode"),
                row.json("settings"));
    }
}
