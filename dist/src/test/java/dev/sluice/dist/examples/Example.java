package dev.sluice.dist.examples;

import dev.sluice.dist.product.Sluice;
import java.io.IOException;
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
                boolean leftByARun = relative.startsWith(".sluice") || relative.toString().contains(".duckdb");
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

    /** What a query of a DuckDB file in its folder answers, a text a row. */
    List<String> query(String file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve(file));
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (results.next()) {
                values.add(results.getString(1));
            }
            return values;
        }
    }
}
