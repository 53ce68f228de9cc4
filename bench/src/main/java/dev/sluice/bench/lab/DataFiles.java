package dev.sluice.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Files of the wide table, made once and kept, as they take long to make. */
public final class DataFiles {
    private final Lab lab;

    /** Files for a lab. */
    public DataFiles(Lab lab) {
        this.lab = lab;
    }

    /** The wide table as CSV with a header, as PostgreSQL writes it. */
    public Path csv() {
        return kept("csv", file -> {
            lab.fill(BenchTable.ORDERS, lab.settings().rows());
            lab.measure(Contestant.shell(
                    "psql", "psql -Xq -c 'COPY orders TO STDOUT (FORMAT csv, HEADER)' > " + file, () -> {}, () -> {}));
        });
    }

    /** The wide table as Parquet, as DuckDB writes it from the CSV, with the types of the columns. */
    public Path parquet() {
        return kept(
                "parquet",
                file -> duckDb(
                        "COPY (SELECT id, customer_id::INTEGER AS customer_id, product_id::INTEGER AS product_id,"
                            + " quantity::INTEGER AS quantity, sku, price::DECIMAL(12,2) AS price, tax::DECIMAL(12,2)"
                            + " AS tax, note, email, paid, ordered_on, updated_at, attrs::JSON AS attrs, uid::UUID AS"
                            + " uid FROM read_csv('" + csv() + "')) TO '" + file + "' (FORMAT parquet)"));
    }

    /** The wide table as messages of the Airbyte protocol, with a state and the end of the stream behind its rows. */
    public Path airbyteLines() {
        String stream = "\"stream_descriptor\":{\"name\":\"orders\"}";
        String state = "{\"type\":\"STATE\",\"state\":{\"type\":\"STREAM\",\"stream\":{" + stream
                + ",\"stream_state\":{\"done\":true}},\"sourceStats\":{\"recordCount\":"
                + lab.settings().rows() + ".0}}}";
        String end =
                "{\"type\":\"TRACE\",\"trace\":{\"type\":\"STREAM_STATUS\",\"emitted_at\":1700000000000,\"stream_status\":{"
                        + stream + ",\"status\":\"COMPLETE\"}}}";
        return kept("jsonl", file -> {
            lab.fill(BenchTable.ORDERS, lab.settings().rows());
            Path query = file.resolveSibling(file.getFileName() + ".sql");
            // A quote and a delimiter that JSON never holds, so that each line stands there as it is.
            Files.writeString(query, """
                COPY (SELECT '{"type":"RECORD","record":{"stream":"orders","data":' || row_to_json(o)
                || ',"emitted_at":1700000000000}}' FROM orders o)
                TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')
                """);
            lab.measure(Contestant.shell("psql", "psql -Xq -f " + query + " > " + file, () -> {}, () -> {}));
            Files.writeString(file, state + "\n" + end + "\n", StandardOpenOption.APPEND);
            Files.delete(query);
        });
    }

    /** Makes a file. */
    private interface Maker {
        void make(Path file) throws IOException;
    }

    private Path kept(String ending, Maker maker) {
        Path folder = lab.settings().data();
        Path file = folder.resolve("orders-" + lab.settings().rows() + "." + ending);
        if (!Files.exists(file)) {
            lab.say("making " + file.getFileName());
            try {
                Files.createDirectories(folder);
                Path unfinished = folder.resolve(file.getFileName() + ".part");
                maker.make(unfinished);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException failed) {
                throw new IllegalStateException("cannot make " + file, failed);
            }
        }
        return file;
    }

    private static void duckDb(String statement) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement run = connection.createStatement()) {
            run.execute(statement);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed.getMessage() + "\nin: " + statement, failed);
        }
    }
}
