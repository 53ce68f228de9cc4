package dev.sluice.dist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Sluice;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project file for PostgreSQL works with nothing but the variables that it names. */
class PostgresExampleTest {
    @TempDir
    Path folder;

    @Test
    void copiesTablesAndThenWhatIsNew() throws Exception {
        Example example = Example.copy("postgres-to-duckdb", folder);
        try (PostgresDatabase shop = PostgresServer.shared().createDatabase()) {
            shop.execute(
                    "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12,2), updated_at timestamptz NOT NULL)",
                    "CREATE TABLE customers (id int PRIMARY KEY, name text)",
                    "INSERT INTO orders SELECT i, i * 1.5, now() FROM generate_series(1, 1000) i",
                    "INSERT INTO customers VALUES (1, 'Ann'), (2, 'Björn')");
            Sluice sluice = example.sluice()
                    .with("PGHOST", shop.host())
                    .with("PGPORT", Integer.toString(shop.port()))
                    .with("PGDATABASE", shop.name())
                    .with("PGUSER", shop.superuser().user())
                    .with("PGPASSWORD", shop.superuser().password());
            sluice.run("check", "sluice.yaml").expect(0);
            sluice.run("sync", "sluice.yaml").expect(0);
            shop.execute(
                    "UPDATE orders SET total = 0, updated_at = now() WHERE id = 7",
                    "INSERT INTO orders VALUES (1001, 9.99, now())",
                    "DELETE FROM customers WHERE id = 1");
            Sluice.Result second = sluice.run("sync", "sluice.yaml").expect(0);

            assertThat(second.out()).contains("Copied 3 rows from shop to lake");
            assertThat(example.query(
                            "shop.duckdb", "SELECT count(*) || ' ' || sum(total) FROM orders WHERE id IN (7, 1001, 1)"))
                    .containsExactly("3 11.49");
            assertThat(example.query("shop.duckdb", "SELECT count(*) FROM orders"))
                    .containsExactly("1001");
            assertThat(example.query("shop.duckdb", "SELECT name FROM customers"))
                    .containsExactly("Björn");
        }
    }
}
