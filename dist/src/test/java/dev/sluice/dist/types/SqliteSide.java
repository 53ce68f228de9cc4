package dev.sluice.dist.types;

import dev.sluice.dist.types.Plans.Column;
import dev.sluice.dist.types.Plans.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two SQLite files: one that values come from, one that they go to. */
final class SqliteSide extends SqlSide {
    private final Path folder;

    SqliteSide(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String source() {
        return "{connector: sqlite, config: {path: " + file("origin") + "}}";
    }

    @Override
    public String destination() {
        return "{connector: sqlite, config: {path: " + file("arrival") + "}}";
    }

    private Path file(String what) {
        return folder.resolve("sqlite-" + what + ".db");
    }

    @Override
    String again(Target target) {
        return "{connector: sqlite, config: {path: " + file("arrival") + "}}";
    }

    @Override
    String streamAgain(Target target) {
        return target.table();
    }

    @Override
    public List<NativeColumn> columns() {
        return SqliteTypes.all();
    }

    @Override
    public String stream() {
        return TABLE;
    }

    @Override
    Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file("origin"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("ATTACH '" + file("arrival") + "' AS arrival");
        }
        return connection;
    }

    @Override
    String origin() {
        return "main";
    }

    @Override
    String arrival() {
        return "arrival";
    }

    /** Seventeen digits tell each number with a fraction from all others. */
    @Override
    String text(String column, String columnType) {
        return switch (columnType) {
            case "BLOB" -> "CASE WHEN " + column + " IS NOT NULL THEN lower(hex(" + column + ")) END";
            case "BOOLEAN" -> "CASE " + column + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
            case "REAL", "FLOAT4" -> "CASE WHEN " + column + " IS NOT NULL THEN printf('%!.17g', " + column + ") END";
            default -> "CAST(" + column + " AS TEXT)";
        };
    }

    @Override
    public List<Stored> read(Target target) {
        return super.read(target).stream()
                .map(row -> new Stored(row.id(), shortest(row.texts(), target), row.altered()))
                .toList();
    }

    private static Map<String, @Nullable String> shortest(Map<String, @Nullable String> texts, Target target) {
        Map<String, @Nullable String> shorter = new HashMap<>(texts);
        for (Column column : target.columns()) {
            String text = texts.get(column.field());
            if (text != null
                    && (column.columnType().equals("REAL")
                            || column.columnType().equals("FLOAT4"))) {
                double number = Double.parseDouble(text.replace("Inf", "Infinity"));
                shorter.put(
                        column.field(),
                        column.columnType().equals("REAL") ? Double.toString(number) : Float.toString((float) number));
            }
        }
        return shorter;
    }

    @Override
    public void close() {
        // The files go with their folder.
    }
}
