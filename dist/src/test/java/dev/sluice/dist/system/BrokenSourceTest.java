package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Sluice;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that dies in the middle of a read never leads to an emptied or shortened table (I5). */
class BrokenSourceTest {
    private static final long ROWS = 60_000;

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @ParameterizedTest
    @ValueSource(strings = {"full_refresh_overwrite", "full_refresh_overwrite_deduped", "full_refresh_append"})
    void whatWasThereStays(String mode) {
        try (PostgresDatabase source = PostgresServer.shared().createDatabase();
                PostgresDatabase target = PostgresServer.shared().createDatabase();
                TcpProxy network = TcpProxy.to(source.host(), source.port())) {
            source.execute(
                    "CREATE TABLE orders (id int PRIMARY KEY, v text)",
                    "INSERT INTO orders SELECT i, repeat('x', 100) FROM generate_series(1, " + ROWS + ") AS t(i)");
            run(source, network, target, mode).expect(0);
            assertThat(target.number("SELECT count(*) FROM orders")).isEqualTo(ROWS);

            source.execute("UPDATE orders SET v = repeat('y', 100)");
            network.set(new TcpProxy.Mode.CutAfterFromServer(2_000_000));
            Sluice.Result broken = run(source, network, target, mode);
            assertThat(broken.code()).as(broken.err()).isNotZero();
            assertThat(broken.err()).contains("E_CONNECTION_LOST").doesNotContain("\tat ");
            if (!mode.equals("full_refresh_append")) {
                assertThat(target.number("SELECT count(*) FROM orders WHERE v LIKE 'x%'"))
                        .isEqualTo(ROWS);
            }

            network.set(new TcpProxy.Mode.Pass());
            run(source, network, target, mode).expect(0);
            assertThat(target.number("SELECT count(*) FROM orders WHERE v LIKE 'y%'"))
                    .isEqualTo(ROWS);
            assertThat(target.number("SELECT count(*) FROM orders"))
                    .isEqualTo(mode.equals("full_refresh_append") ? 2 * ROWS : ROWS);
        }
    }

    @Test
    void theTableOfAnotherConnectionIsRefused() {
        try (PostgresDatabase source = PostgresServer.shared().createDatabase();
                PostgresDatabase target = PostgresServer.shared().createDatabase();
                TcpProxy network = TcpProxy.to(source.host(), source.port())) {
            source.execute("CREATE TABLE orders (id int PRIMARY KEY)", "INSERT INTO orders VALUES (1)");
            run(source, network, target, "full_refresh_append").expect(0);
            // Another folder is another connection: it must not write the table of the first one.
            Sluice.Result other = Sluice.in(elsewhere).run(arguments(source, network, target, "full_refresh_append"));
            other.expect(7);
            assertThat(other.err()).contains("E_TARGET_OWNED");
            assertThat(target.number("SELECT count(*) FROM orders")).isEqualTo(1);
        }
    }

    private Sluice.Result run(PostgresDatabase source, TcpProxy network, PostgresDatabase target, String mode) {
        return Sluice.in(folder).run(arguments(source, network, target, mode));
    }

    private static String[] arguments(PostgresDatabase source, TcpProxy network, PostgresDatabase target, String mode) {
        return new String[] {
            "run",
            "--from",
            address(source, network.host(), network.port()),
            "--to",
            address(target, target.host(), target.port()),
            "--streams",
            "public.orders",
            "--mode",
            mode,
            "--primary-key",
            "id",
            "--retries",
            "0"
        };
    }

    private static String address(PostgresDatabase database, String host, int port) {
        return "postgres://%s:%s@%s:%d/%s"
                .formatted(database.superuser().user(), database.superuser().password(), host, port, database.name());
    }
}
