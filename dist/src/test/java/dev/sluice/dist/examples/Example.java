package dev.sluice.dist.examples;

import dev.sluice.dist.product.Sluice;
import dev.sluice.testkit.sql.SqlDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of an example.
 *
 * @param folder where it lies
 */
record Example(Path folder) {
    /** Copies an example as a clone would have it, without what runs have left there. */
    static Example copy(String name, Path target) throws IOException {
        Path original = Path.of("../examples", name).toAbsolutePath().normalize();
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = original.relativize(file);
                boolean leftByARun =
                        relative.startsWith(".sluice") || relative.toString().contains(".duckdb");
                if (!leftByARun) {
                    Path copy = target.resolve(relative);
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        return new Example(target);
    }

    /** Runs its connections. */
    Sluice.Result sync() {
        return sluice().run("sync", "sluice.yaml");
    }

    /** The product in its folder. */
    Sluice sluice() {
        return Sluice.in(folder);
    }

    /** What a query of a DuckDB file in its folder answers, the first value of each row as a text. */
    List<String> query(String file, String sql) {
        DuckDbFile database = new DuckDbFile(folder.resolve(file));
        return database.query(sql).stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    /** A database file, which goes with its folder. */
    private static final class DuckDbFile extends SqlDatabase {
        private final Path file;

        DuckDbFile(Path file) {
            this.file = file;
        }

        @Override
        public Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:duckdb:" + file);
        }

        @Override
        public void close() {}
    }
}
