package dev.sluice.dist.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Sluice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product kills runs of itself on a user's own pair, proves that they did no harm, and leaves no trace. */
class TortureTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeProject() throws IOException {
        StringBuilder rows = new StringBuilder("id,name\n");
        for (int i = 1; i <= 500; i++) {
            rows.append(i).append(",name ").append(i).append('\n');
        }
        Files.writeString(folder.resolve("orders.csv"), rows);
        Files.writeString(folder.resolve("sluice.yaml"), """
            source: {connector: file, config: {path: orders.csv}}
            destination: {connector: duckdb, config: {path: shop.duckdb}}
            streams: [orders]
            """);
    }

    @Test
    void killedRunsDoNoHarmAndTheNamespaceIsGone() throws SQLException {
        Sluice.Result result = Sluice.in(folder)
                .withOption("-XX:TieredStopAtLevel=1")
                .run(
                        "torture",
                        "--mode",
                        "full_refresh_overwrite",
                        "--cut",
                        "after-commit,before-swap,no-such-cut",
                        "--yes",
                        "--output",
                        "json");

        result.expect(0);
        assertThat(result.out())
                .contains("\"held\":2", "\"broken\":0", "\"not_passed\":1", "\"disturbed_runs\":2")
                .contains("SIGKILL at after-commit", "SIGKILL at before-swap");
        assertThat(result.err()).contains("sluice_torture_");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.duckdb"));
                Statement statement = connection.createStatement();
                ResultSet left = statement.executeQuery("SELECT count(*) FROM information_schema.schemata"
                        + " WHERE schema_name LIKE 'sluice_torture%'")) {
            assertThat(left.next()).isTrue();
            assertThat(left.getInt(1)).isZero();
        }
        assertThat(folder.resolve(".sluice")).as("the state of the connection").doesNotExist();
    }
}
