package dev.sluice.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store in PostgreSQL. */
class PostgresStoreTest extends StoreContract {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();

    static StoreLocation of(PostgresDatabase database) {
        return new StoreLocation.Postgres(
                "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.name(),
                database.superuser().user(),
                database.superuser().password());
    }

    @AfterEach
    void drop() {
        close();
        database.close();
    }

    @Override
    StoreLocation location() {
        return of(database);
    }

    @Override
    List<String> namesInBackup(int version) throws Exception {
        try (Connection connection = database.connect()) {
            return new Transaction(connection, Dialect.POSTGRES)
                    .all(row -> row.text("name"), "SELECT name FROM public_version_" + version + ".thing");
        }
    }

    @Override
    void makeForeign() throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE of_another (id INTEGER)");
        }
    }

    @Test
    void serversThatStartTogetherMakeTheTablesOnce() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Store>> stores = IntStream.range(0, 4)
                    .mapToObj(_ ->
                            CompletableFuture.supplyAsync(() -> Store.open(location(), Clock.systemUTC()), threads))
                    .toList();
            List<Store> open = stores.stream().map(CompletableFuture::join).toList();
            assertThat(open.getLast()
                            .<Long>read(transaction -> transaction.count("SELECT count(*) AS n FROM store_version")))
                    .isEqualTo(Migration.all().size());
            open.forEach(Store::close);
        }
    }

    @Test
    void aWrongPasswordIsAMatterOfPermission() {
        StoreLocation wrong = new StoreLocation.Postgres(
                location().toString(), database.superuser().user(), "canary-" + UUID.randomUUID());
        assertThatThrownBy(() -> Store.open(wrong, Clock.systemUTC()))
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo("E_CONTROL_REFUSED");
                    assertThat(failure.toString()).doesNotContain("canary-");
                });
    }
}
