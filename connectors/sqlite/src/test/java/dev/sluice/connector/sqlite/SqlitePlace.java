package dev.sluice.connector.sqlite;

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
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A database file to write to, looked at through the driver alone. */
final class SqlitePlace implements DestinationFixture {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(\\d+,(\\d+)\\)");

    private final Path folder;
    private final SqliteDatabase database;

    SqlitePlace(Path folder) {
        this.folder = folder;
        this.database = new SqliteDatabase(folder.resolve("place.db"));
        SqliteDatabase.writeNotes(folder.resolve("notes.txt"));
    }

    private static Destination open(ConnectorContext context, String path) {
        return new SqliteDestination().open(Config.of(Map.of("path", path)), context);
    }

    @Override
    public Destination open(ConnectorContext context) {
        return open(context, database.path().toString());
    }

    @Override
    public List<Misconfigured<Destination>> misconfigured() {
        return List.of(
                broken("no such folder", folder.resolve("missing/shop.db").toString()),
                broken("a folder", folder.toString()),
                broken("no database", folder.resolve("notes.txt").toString()),
                broken(
                        "a file in the place of the folder",
                        folder.resolve("notes.txt/shop.db").toString()),
                broken("in memory", ":memory:"));
    }

    private static Misconfigured<Destination> broken(String name, String path) {
        return new Misconfigured<>(name, ProblemKind.CONFIG, Set.of(), context -> open(context, path));
    }

    /** The place names the schema and the table; in the file one stands in front of the other, or nothing does. */
    @Override
    public Optional<TargetContent> read(TargetPlan plan) {
        if (!Files.exists(database.path())) {
            return Optional.empty();
        }
        return database.with(connection -> {
            for (String table : database.tables(connection)) {
                boolean same = same(table, plan.location()) || same("main." + table, plan.location());
                if (same && !table.startsWith("sluice_internal.")) {
                    try (ResultSet rows =
                            connection.createStatement().executeQuery("SELECT * FROM " + SqliteDatabase.quote(table))) {
                        return Optional.of(content(rows, database.columnTypes(connection, table)));
                    }
                }
            }
            return Optional.empty();
        });
    }

    private static boolean same(String table, String location) {
        int dot = table.indexOf('.');
        String schema = table.substring(0, Math.max(0, dot)).replace("%2E", ".").replace("%25", "%");
        return lower(schema + "." + table.substring(dot + 1)).equals(location);
    }

    /** Letters of ASCII alone are the same in both cases. */
    private static String lower(String name) {
        return name.chars()
                .map(letter -> letter >= 'A' && letter <= 'Z' ? letter + 32 : letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static TargetContent content(ResultSet stored, Map<String, String> types) throws SQLException {
        List<String> columns = List.copyOf(types.keySet());
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        while (stored.next()) {
            Map<String, @Nullable String> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                Object value = stored.getObject(i + 1);
                String type = String.valueOf(types.get(columns.get(i)));
                row.put(columns.get(i), value == null ? null : canonical(type, value));
            }
            rows.add(row);
        }
        return new TargetContent(columns, rows);
    }

    private static String canonical(String type, Object value) {
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            return new BigDecimal(value.toString())
                    .setScale(Integer.parseInt(decimal.group(1)), RoundingMode.UNNECESSARY)
                    .toPlainString();
        }
        return switch (type) {
            case "BOOLEAN" -> value.equals(1) ? "true" : "false";
            case "BLOB" -> HexFormat.of().formatHex((byte[]) value);
            case "REAL" -> Double.toString(((Number) value).doubleValue());
            case "FLOAT4" -> Float.toString(((Number) value).floatValue());
            case "TIMESTAMPTZ" ->
                value.toString().replaceFirst("(\\.\\d*?)0+Z", "$1Z").replace(".Z", "Z");
            default -> value.toString();
        };
    }

    @Override
    public Map<DestinationTrait, String> lacks() {
        return Map.of(
                DestinationTrait.UNCHANGED_VALUES, "no source of this version sends them",
                DestinationTrait.DISCARD_OF_MERGES, "merging again changes nothing, so merged rows stay");
    }

    @Override
    public boolean holds(DataType type, String text) {
        boolean number = type instanceof DataType.FloatType || type instanceof DataType.DecimalType;
        return !number || !text.equals("NaN");
    }

    @Override
    public void close() {}
}
