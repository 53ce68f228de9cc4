package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Endpoints;
import dev.sluice.dist.product.Sluice;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that go through mappers from one real database to another, and change sides of a filter there. */
class MappedRowsTest {
    @TempDir
    Path folder;

    @Test
    void whatMustNotArriveDoesNotAndWhatLeavesTheFilterGoes() throws IOException {
        try (PostgresDatabase source = PostgresServer.shared().createDatabase();
                PostgresDatabase target = PostgresServer.shared().createDatabase()) {
            source.execute(
                    "CREATE TABLE people (id int PRIMARY KEY, at bigint NOT NULL, email text, country text)",
                    "INSERT INTO people VALUES (1, 1, 'ann@x.org', 'CH'), (2, 1, 'bob@x.org', 'CH'),"
                            + " (3, 1, 'eve@x.org', 'FR')");
            Files.writeString(
                    folder.resolve("sluice.yaml"),
                    "source: " + Endpoints.postgres(Endpoints.login(source)) + "\n"
                            + "destination: " + Endpoints.postgres(Endpoints.login(target)) + "\n"
                            + """
                            streams:
                              public.people:
                                mode: incremental_append_deduped
                                cursor: at
                                mappers:
                                  - filter: country = 'CH'
                                  - hash: email
                                  - rename: {field: id, to: number}
                            """);

            Sluice.in(folder).run("sync").expect(0);
            assertThat(numbers(target)).containsExactly("1", "2");
            source.execute(
                    "UPDATE people SET at = 2, country = 'DE' WHERE id = 1",
                    "UPDATE people SET at = 2, country = 'CH' WHERE id = 3");
            Sluice.Result second = Sluice.in(folder).run("sync").expect(0);

            assertThat(numbers(target)).containsExactly("2", "3");
            assertThat(second.out()).contains("filtered", "Copied 1 row ");
            assertThat(values(target, "SELECT row_to_json(people)::text FROM people"))
                    .allMatch(row -> !row.contains("@x.org"));
            assertThat(values(target, "SELECT email_hashed FROM people WHERE number = 3"))
                    .containsExactly(values(
                                    source,
                                    "SELECT encode(sha256(convert_to(email, 'UTF8')), 'hex') FROM people WHERE id = 3")
                            .getFirst());
        }
    }

    private static List<String> numbers(PostgresDatabase target) {
        return values(target, "SELECT number::text FROM people ORDER BY 1");
    }

    private static List<String> values(PostgresDatabase database, String sql) {
        return database.query(sql).stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }
}
