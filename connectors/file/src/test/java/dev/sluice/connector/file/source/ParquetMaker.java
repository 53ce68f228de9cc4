package dev.sluice.connector.file.source;

import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.duckdb.DuckDbSql;
import java.nio.file.Path;

/** Writes Parquet files by means of DuckDB itself. */
final class ParquetMaker implements AutoCloseable {
    private final DuckDb database = DuckDb.open(DuckDbOptions.inMemory());
    private final DuckDbConnection connection = database.connect();

    /** Writes the result of a query. */
    Path write(Path path, String query) {
        return write(path, query, "");
    }

    /**
     * Writes the result of a query.
     *
     * @param options further options of COPY, each with a comma in front
     */
    Path write(Path path, String query, String options) {
        connection.execute(
                "COPY (" + query + ") TO " + DuckDbSql.literal(path.toString()) + " (FORMAT parquet" + options + ")");
        return path;
    }

    @Override
    public void close() {
        database.close();
    }
}
