package dev.sluice.connector.duckdb;

import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.contract.DestinationFixture;
import dev.sluice.testkit.contract.DestinationTrait;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.TargetContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A database file to write to, looked at through SQL that gives DuckDB's own texts. */
final class DuckDbPlace implements DestinationFixture {
    private final Path folder;
    private final Path file;

    DuckDbPlace(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("place.duckdb");
        try {
            Files.writeString(folder.resolve("notes.txt"), "These are notes and no database.\n".repeat(500));
            Files.createDirectories(folder.resolve("inner"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Destination open(ConnectorContext context, String path) {
        return new DuckDbDestination().open(Config.of(Map.of("path", path)), context);
    }

    @Override
    public Destination open(ConnectorContext context) {
        return open(context, file.toString());
    }

    @Override
    public List<Misconfigured<Destination>> misconfigured() {
        return List.of(
                broken(
                        "no such folder",
                        ProblemKind.CONFIG,
                        folder.resolve("missing/shop.duckdb").toString()),
                broken("a folder", ProblemKind.CONFIG, folder.resolve("inner").toString()),
                broken(
                        "no database",
                        ProblemKind.CONFIG,
                        folder.resolve("notes.txt").toString()),
                broken(
                        "a file in the place of the folder",
                        ProblemKind.CONFIG,
                        folder.resolve("notes.txt/shop.duckdb").toString()),
                broken("a folder that nobody may write into", ProblemKind.PERMISSION, "/sys/shop.duckdb"),
                broken("in memory", ProblemKind.CONFIG, ":memory:"),
                broken("MotherDuck", ProblemKind.CONFIG, "md:shop"));
    }

    private static Misconfigured<Destination> broken(String name, ProblemKind kind, String path) {
        return new Misconfigured<>(name, kind, Set.of(), context -> open(context, path));
    }

    @Override
    public Optional<TargetContent> read(TargetPlan plan) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (DuckDb database = DuckDb.open(DuckDbOptions.file(file));
                DuckDbConnection connection = database.connect()) {
            for (List<@Nullable Object> row : connection.rows(
                    "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = current_database()")) {
                String schema = String.valueOf(row.get(0));
                String table = String.valueOf(row.get(1));
                if (plan.location().equals((schema + "." + table).toLowerCase(Locale.ROOT))) {
                    return Optional.of(
                            content(connection, DuckDbSql.identifier(schema) + "." + DuckDbSql.identifier(table)));
                }
            }
            return Optional.empty();
        }
    }

    private static TargetContent content(DuckDbConnection connection, String table) {
        List<String> columns = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (List<@Nullable Object> row : connection.rows("DESCRIBE " + table)) {
            columns.add(String.valueOf(row.get(0)));
            types.add(String.valueOf(row.get(1)));
        }
        String texts = columns.stream()
                .map(column -> text(DuckDbSql.identifier(column), types.get(columns.indexOf(column))))
                .collect(Collectors.joining(", "));
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        for (List<@Nullable Object> stored : connection.rows("SELECT " + texts + " FROM " + table)) {
            Map<String, @Nullable String> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                Object text = stored.get(i);
                row.put(columns.get(i), text == null ? null : DuckDbTexts.canonical(types.get(i), text.toString()));
            }
            rows.add(row);
        }
        return new TargetContent(columns, rows);
    }

    private static String text(String quoted, String type) {
        return type.equals("BLOB") ? "lower(hex(" + quoted + "))" : "CAST(" + quoted + " AS VARCHAR)";
    }

    @Override
    public Map<DestinationTrait, String> lacks() {
        return Map.of(
                DestinationTrait.UNCHANGED_VALUES, "no source of this version sends them",
                DestinationTrait.DISCARD_OF_MERGES, "merging again changes nothing, so merged rows stay");
    }

    @Override
    public boolean holds(DataType type, String text) {
        return DuckDbTexts.isHeld(type, text);
    }

    @Override
    public void close() {}
}
