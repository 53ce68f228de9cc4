package dev.sluice.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import dev.sluice.testkit.rows.Row;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A database that does not know its own encoding may hold any bytes as text. */
final class SqlAsciiTest {
    @Test
    void textThatIsNotUtf8BecomesNullAndIsMarked() throws SQLException {
        try (PostgresDatabase database = PostgresServer.shared().createDatabase()) {
            String name = "ascii_" + database.name();
            database.execute("CREATE DATABASE " + name
                    + " TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER 'libc' LOCALE 'C'");
            try {
                fill(database, name);
                read(database, name);
            } finally {
                database.execute("DROP DATABASE " + name + " WITH (FORCE)");
            }
        }
    }

    private static void fill(PostgresDatabase database, String name) throws SQLException {
        String url = "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + name;
        try (Connection connection = DriverManager.getConnection(
                        url, database.superuser().user(), database.superuser().password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id int, v text)");
            statement.execute("INSERT INTO t VALUES (1, 'gr\u00fcn'), (3, NULL)");
            statement.execute("INSERT INTO t VALUES (2, convert_from('\\xff41', 'SQL_ASCII'))");
        }
    }

    private static void read(PostgresDatabase database, String name) {
        Config config = Config.of(PostgresFixture.config(database, Map.of("database", name)));
        StreamId id = StreamId.of("public", "t");
        try (Source source = new PostgresSource().open(config, new TestContext())) {
            CatalogStream stream =
                    source.discover(new DiscoverScope.Only(Set.of(id))).find(id).orElseThrow();
            StreamRead read = new StreamRead(stream, stream.schema(), SyncMode.FULL_REFRESH, null, List.of(), false);
            try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.Beginning())) {
                assertThat(reading.readAll().rows())
                        .containsExactlyInAnyOrder(Row.of("1", "gr\u00fcn"), Row.of("2", null), Row.of("3", null));
                assertThat(reading.batches().getFirst().changes())
                        .containsExactly(new ValueChange(
                                2, "v", ValueChange.Change.NULLED, ValueChange.Reason.SOURCE_SERIALIZATION_ERROR));
            }
        }
    }
}
