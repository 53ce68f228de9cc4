package dev.sluice.dist.types;

import dev.sluice.dist.types.Plans.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Two DuckDB files: one that values come from, one that they go to. */
final class DuckDbSide extends SqlSide {
    private final Path folder;

    DuckDbSide(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public String source() {
        return "{connector: duckdb, config: {path: " + folder.resolve("origin.duckdb") + "}}";
    }

    @Override
    public String destination() {
        return "{connector: duckdb, config: {path: " + folder.resolve("arrival.duckdb") + ", schema: main}}";
    }

    @Override
    String again(Target target) {
        return "{connector: duckdb, config: {path: " + folder.resolve("arrival.duckdb") + "}}";
    }

    @Override
    String streamAgain(Target target) {
        return "main." + target.table();
    }

    @Override
    public List<NativeColumn> columns() {
        return DuckDbTypes.all();
    }

    @Override
    public String stream() {
        return "main." + TABLE;
    }

    @Override
    Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("ATTACH '" + folder.resolve("origin.duckdb") + "' AS origin");
            statement.execute("ATTACH '" + folder.resolve("arrival.duckdb") + "' AS arrival");
        }
        return connection;
    }

    @Override
    String origin() {
        return "origin.main";
    }

    @Override
    String arrival() {
        return "arrival.main";
    }

    @Override
    String text(String column, String columnType) {
        return hexOrText(column, columnType);
    }

    static String hexOrText(String column, String columnType) {
        return columnType.equals("BLOB") ? "lower(hex(" + column + "))" : "CAST(" + column + " AS VARCHAR)";
    }

    @Override
    public void close() {
        // The files go with their folder.
    }
}
