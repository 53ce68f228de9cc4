package dev.sluice.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bench.lab.BenchSettings;
import dev.sluice.bench.lab.BenchTable;
import dev.sluice.bench.lab.DataFiles;
import dev.sluice.bench.lab.Lab;
import dev.sluice.testkit.postgres.PostgresDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a program that only pretends, scenarios notice it; the data that they work with is what they say. */
final class ScenarioTest {
    @TempDir
    private Path folder;

    @Test
    void aProgramThatMovesNothingIsNoResult() throws IOException {
        try (Lab lab = lab("true")) {
            assertThatThrownBy(() -> new PostgresToPostgres("narrow", BenchTable.NARROW, 2).run(lab))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("public.narrow");
        }
    }

    @Test
    void theStartOfTheProgramIsMeasured() throws IOException {
        try (Lab lab = lab("true")) {
            Outcome outcome = new VersionStart().run(lab);
            assertThat(outcome.series()).hasSize(1);
            assertThat(outcome.criteria().getFirst().limit()).isEqualTo(0.4);
        }
    }

    @Test
    void theTablesHoldWhatTheyPromise() throws IOException {
        try (Lab lab = lab("true")) {
            lab.fill(BenchTable.ORDERS, 300);
            PostgresDatabase source = lab.databases().source();
            assertThat(source.number("SELECT count(*) FROM orders")).isEqualTo(300);
            assertThat(source.number("SELECT count(*) FROM orders_meta WHERE _airbyte_raw_id IS NOT NULL"))
                    .isEqualTo(300);
            assertThat(source.query("SELECT count(*) > 0 FROM orders WHERE tax IS NULL"))
                    .isEqualTo(List.of(List.of("t")));
            assertThat(source.number("SELECT count(*) FROM information_schema.columns WHERE table_name = 'orders'"))
                    .isEqualTo(14);
            Path parquet = new DataFiles(lab).parquet();
            Checks.parquetRows(parquet.toString(), 300);
            assertThatThrownBy(() -> Checks.parquetRows(parquet.toString(), 301))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(": 300 rows instead of 301");
            assertThat(Files.readAllLines(new DataFiles(lab).csv())).hasSize(301);
            lab.databases().emptyDestination();
            assertThat(lab.databases().destination().query("SELECT nspname FROM pg_namespace WHERE nspname = 'public'"))
                    .hasSize(1);
        }
    }

    private Lab lab(String program) throws IOException {
        BenchSettings settings =
                new BenchSettings(300, 1, Path.of("/usr/bin/" + program), "-Xmx512m", folder.resolve("data"));
        return new Lab(settings, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    }
}
