package dev.sluice.dist.types;

import dev.sluice.dist.types.Plans.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Parquet files, written and read by DuckDB. */
final class ParquetSide extends SqlSide {
    private final Path folder;

    ParquetSide(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public String source() {
        return "{connector: file, config: {path: " + file() + "}}";
    }

    @Override
    public String destination() {
        return "{connector: file, config: {path: " + folder + "/parquet/, format: parquet}}";
    }

    private Path file() {
        return folder.resolve(TABLE + ".parquet");
    }

    @Override
    public String stream() {
        return TABLE;
    }

    @Override
    String again(Target target) {
        return "{connector: file, config: {streams: {" + target.table() + ": '" + FileSide.folder(target)
                + "/*.parquet'}}}";
    }

    @Override
    String streamAgain(Target target) {
        return target.table();
    }

    @Override
    public List<NativeColumn> columns() {
        return ParquetTypes.all();
    }

    @Override
    public void create(Content content) {
        super.create(content);
        run(List.of("COPY (FROM origin.samples ORDER BY id) TO '" + file() + "' (FORMAT parquet)"));
    }

    @Override
    Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("ATTACH '" + folder.resolve("parquet-origin.duckdb") + "' AS origin");
        }
        return connection;
    }

    @Override
    String origin() {
        return "origin";
    }

    @Override
    String arrival() {
        return "";
    }

    @Override
    String text(String column, String columnType) {
        return DuckDbSide.hexOrText(column, columnType);
    }

    @Override
    public List<Stored> read(Target target) {
        String files = FileSide.folder(target) + "/*.parquet";
        return query(selection(target), "FROM read_parquet('" + files + "', hive_partitioning = false)", target);
    }

    @Override
    public void close() {
        // The files go with their folder.
    }
}
