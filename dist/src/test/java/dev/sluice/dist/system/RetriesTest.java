package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Endpoints;
import dev.sluice.dist.product.Sluice;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that breaks every connection after some megabytes: a run that makes progress goes on by itself. */
class RetriesTest {
    private static final long ROWS = 60_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"full_refresh_overwrite", "full_refresh_append", "incremental_append_deduped"})
    void aRunGoesOnWhereTheConnectionBroke(String mode) throws IOException {
        try (PostgresDatabase source = PostgresServer.shared().createDatabase();
                PostgresDatabase target = PostgresServer.shared().createDatabase();
                TcpProxy network = TcpProxy.to(source.host(), source.port())) {
            source.execute(
                    "CREATE TABLE orders (id int PRIMARY KEY, v text)",
                    "INSERT INTO orders SELECT i, lpad('', 100, 'x') FROM generate_series(1, " + ROWS + ") AS t(i)");
            project(source, network, target, mode);
            network.set(new TcpProxy.Mode.CutAfterFromServer(3_000_000));

            Sluice.Result result =
                    Sluice.in(folder).run("sync", "--parallel", "1").expect(0);
            assertThat(result.err()).contains("(E_CONNECTION_LOST); trying again at once");
            assertThat(result.out()).contains("Copied 60,000 rows");
            assertThat(target.number("SELECT count(*) FROM orders")).isEqualTo(ROWS);
            assertThat(target.number("SELECT count(DISTINCT id) FROM orders")).isEqualTo(ROWS);
        }
    }

    private void project(PostgresDatabase source, TcpProxy network, PostgresDatabase target, String mode)
            throws IOException {
        String from = Endpoints.postgres(Endpoints.login(source, network) + ", split_size_mb: 1");
        String to = Endpoints.postgres(Endpoints.login(target));
        Files.writeString(
                folder.resolve("sluice.yaml"),
                "source: " + from + "\ndestination: " + to + "\nstreams: {public.orders: {mode: " + mode
                        + ", cursor: id}}\n");
    }
}
