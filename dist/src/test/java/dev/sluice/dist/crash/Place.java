package dev.sluice.dist.crash;

import dev.sluice.dist.product.Endpoints;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.ssh.SshFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A database that rows come from or go to, and how the test looks into it. */
sealed interface Place {
    /** The lines of a project file that name it, with the schema of one scenario. */
    String endpoint(String schema);

    /** The lines that name it as a source. */
    default String source(String schema) {
        return endpoint(schema);
    }

    Connection connect() throws SQLException;

    /** A schema of a PostgreSQL database. */
    record Postgres(PostgresDatabase database) implements Place {
        @Override
        public String endpoint(String schema) {
            return Endpoints.postgres(Endpoints.login(database) + ", schema: " + schema);
        }

        @Override
        public String source(String schema) {
            return Endpoints.postgres(Endpoints.login(database) + ", schemas: [" + schema + "], split_size_mb: 1");
        }

        @Override
        public Connection connect() throws SQLException {
            return database.connect();
        }
    }

    /** A DuckDB file. */
    record DuckDb(Path file) implements Place {
        @Override
        public String endpoint(String schema) {
            return "{connector: duckdb, config: {path: " + file + ", schema: " + schema + "}}";
        }

        @Override
        public String source(String schema) {
            return "{connector: duckdb, config: {path: " + file + ", schemas: [" + schema + "]}}";
        }

        @Override
        public Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:duckdb:" + file);
        }
    }

    /**
     * A MariaDB server, whose databases are its schemas.
     *
     * @param internal the database of the ledger
     */
    record MariaDb(MyDatabase database, String internal) implements Place {
        @Override
        public String endpoint(String schema) {
            return ("{connector: mysql, config: {host: %s, port: %d, username: %s, password: %s,"
                            + " database: %s, internal_database: %s}}")
                    .formatted(
                            database.host(),
                            database.port(),
                            database.superuser().user(),
                            database.superuser().password(),
                            schema,
                            internal);
        }

        @Override
        public String text(String column) {
            return "CAST(CAST(" + column + " AS datetime) AS char)";
        }

        @Override
        public Connection connect() throws SQLException {
            return database.connect();
        }
    }

    /** A SQLite file. */
    record Sqlite(Path file) implements Place {
        @Override
        public String endpoint(String schema) {
            return "{connector: sqlite, config: {path: " + file + "}}";
        }

        @Override
        public String table(String schema) {
            return "items";
        }

        @Override
        public String search(String schema) {
            return "SELECT 1 FROM sqlite_schema WHERE name = 'items'";
        }

        @Override
        public String text(String column) {
            return "replace(" + column + ", 'T', ' ')";
        }

        @Override
        public Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + file);
        }
    }

    /**
     * CSV files of a server of SFTP, read as one reads who wants to be exact: the manifest says which files there are, and one
     * that is not seen yet lies where it waits.
     *
     * @param schema under which the stream is shown
     */
    record StoredFiles(SshFiles server, String user, String schema) implements Place {
        @Override
        public String endpoint(String wanted) {
            return "{connector: file, config: {path: 'sftp://" + user + "@127.0.0.1:" + server.port()
                    + "/lake/', format: csv, sftp_password: " + SshFiles.PASSWORD + ", sftp_host_key: '"
                    + server.fingerprint() + "'}}";
        }

        @Override
        public Connection connect() throws SQLException {
            return CsvFiles.show(schema, files());
        }

        private List<Path> files() throws SQLException {
            Path lake = server.folder(user).resolve("lake");
            Path hidden = lake.resolve(".sluice").resolve("items");
            Path manifest = hidden.resolve("_manifest.json");
            List<Path> files = new ArrayList<>();
            if (Files.exists(manifest)) {
                try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                        Statement statement = connection.createStatement();
                        ResultSet names = statement.executeQuery("SELECT unnest(list_concat(json_extract_string(m,"
                                + " '$.files[*][0]'), CASE WHEN m ->> '$.run.aside' = 'false'"
                                + " THEN json_extract_string(m, '$.run.files[*][0]') ELSE [] END))"
                                + " FROM (SELECT content::JSON AS m FROM read_text('" + manifest + "'))")) {
                    while (names.next()) {
                        Path waiting = hidden.resolve("_tmp").resolve(names.getString(1));
                        files.add(
                                Files.exists(waiting)
                                        ? waiting
                                        : lake.resolve("items").resolve(names.getString(1)));
                    }
                }
            }
            return files;
        }

        @Override
        public String text(String column) {
            return CsvFiles.moment(column);
        }
    }

    /**
     * A folder of CSV files, seen through DuckDB as a reader of the folder sees it.
     *
     * @param schema under which it shows the stream
     */
    record CsvFiles(Path folder, String schema) implements Place {
        @Override
        public String endpoint(String wanted) {
            return "{connector: file, config: {path: " + folder + "/, format: csv}}";
        }

        @Override
        public Connection connect() throws SQLException {
            String[] names = folder.resolve("items").toFile().list((place, name) -> name.endsWith(".csv"));
            return show(
                    schema,
                    names == null
                            ? List.of()
                            : Stream.of(names)
                                    .map(folder.resolve("items")::resolve)
                                    .toList());
        }

        /** Shows files as a table; without any there is none. */
        static Connection show(String schema, List<Path> files) throws SQLException {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:");
            if (!files.isEmpty()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE SCHEMA " + schema);
                    statement.execute("CREATE VIEW " + schema + ".items AS SELECT * FROM read_csv("
                            + files.stream().map(file -> "'" + file + "'").toList()
                            + ", header = true, all_varchar = true)");
                }
            }
            return connection;
        }

        static String moment(String column) {
            return "CAST(CAST(" + column + " AS timestamp) AS varchar)";
        }

        @Override
        public String text(String column) {
            return moment(column);
        }
    }

    /** The table of a scenario. */
    default String table(String schema) {
        return schema + ".items";
    }

    /** A query that has a row if there is such a table. */
    default String search(String schema) {
        return "SELECT 1 FROM information_schema.tables WHERE table_name = 'items' AND table_schema = '" + schema + "'";
    }

    /** The expression that gives a timestamp without a fraction as a text. */
    default String text(String column) {
        return "CAST(" + column + " AS varchar)";
    }

    /** Runs statements. */
    default void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException failed) {
            throw new AssertionError(failed.getMessage(), failed);
        }
    }

    /** The rows of a table as texts, sorted; null if there is no such table. */
    default @Nullable List<String> rows(String schema) {
        if (this instanceof DuckDb(Path file) && !Files.exists(file)) {
            return null;
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, schema)) {
                return null;
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet results = statement.executeQuery(
                    "SELECT concat_ws('|', id, v, " + text("updated_at") + ") FROM " + table(schema))) {
                while (results.next()) {
                    rows.add(results.getString(1));
                }
            }
            return rows.stream().sorted().toList();
        } catch (SQLException failed) {
            throw new AssertionError(failed.getMessage(), failed);
        }
    }

    private boolean exists(Statement statement, String schema) throws SQLException {
        try (ResultSet found = statement.executeQuery(search(schema))) {
            return found.next();
        }
    }
}
