package dev.sluice.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.RowFilter;
import dev.sluice.spi.source.RowFilter.All;
import dev.sluice.spi.source.RowFilter.Any;
import dev.sluice.spi.source.RowFilter.Certain;
import dev.sluice.spi.source.RowFilter.Compare;
import dev.sluice.spi.source.RowFilter.Comparison;
import dev.sluice.spi.source.RowFilter.IsNull;
import dev.sluice.spi.source.RowFilter.Not;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server leaves out rows where it means the same as the host, and no row otherwise. */
final class FilteredReadTest {
    private static final DataType WHOLE = new DataType.IntType(64);
    private static final DataType TEXT = new DataType.TextType();

    private final PostgresDatabase database = PostgresServer.shared().createDatabase();

    @BeforeEach
    void fill() {
        database.execute(
                "CREATE DOMAIN small AS int2",
                "CREATE TABLE t (id int, n small, b bool, d date, at timestamptz, u uuid, v varchar(20), c char(4), q"
                        + " numeric)",
                "INSERT INTO t VALUES (1, 5, true, '2024-02-29', '2024-01-01 00:00+02',"
                    + " '00000000-0000-0000-0000-0000000000ff', 'O''Neil\\', 'ab', 1.5), (2, -7, false, 'infinity',"
                    + " 'infinity', 'ff000000-0000-0000-0000-000000000000', 'o''neil\\', 'ab', 'NaN'), (3, NULL, NULL,"
                    + " NULL, NULL, NULL, NULL, NULL, NULL)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void readsWhatTheFilterSays() {
        assertThat(ids(compare("n", Comparison.GREATER, WHOLE, "-7"))).containsExactly(1);
        assertThat(ids(compare("n", Comparison.UNEQUAL, WHOLE, "9223372036854775807")))
                .containsExactly(1, 2);
        assertThat(ids(compare("b", Comparison.EQUAL, new DataType.BoolType(), "false")))
                .containsExactly(2);
        assertThat(ids(compare("d", Comparison.AT_MOST, new DataType.DateType(), "2024-02-29")))
                .containsExactly(1);
        assertThat(ids(compare("d", Comparison.EQUAL, new DataType.DateType(), "infinity")))
                .containsExactly(2);
        assertThat(ids(compare(
                        "at", Comparison.LESS, new DataType.TimestampType(6, true), "2023-12-31T22:00:00.000001Z")))
                .containsExactly(1);
        assertThat(ids(compare("u", Comparison.LESS, new DataType.UuidType(), "7f000000-0000-0000-0000-000000000000")))
                .containsExactly(1);
        assertThat(ids(compare("v", Comparison.EQUAL, TEXT, "O'Neil\\"))).containsExactly(1);
        assertThat(ids(new IsNull("v"))).containsExactly(3);
    }

    @Test
    void knowsWhatIsUnknown() {
        RowFilter five = compare("n", Comparison.EQUAL, WHOLE, "5");

        assertThat(ids(new Not(five))).containsExactly(2);
        assertThat(ids(new Not(new Certain(five)))).containsExactly(2, 3);
        assertThat(ids(new Any(List.of(five, new IsNull("n"))))).containsExactly(1, 3);
        assertThat(ids(new All(List.of(new Not(new IsNull("n")), new Not(five)))))
                .containsExactly(2);
    }

    @Test
    void leavesToTheHostWhatTheServerMeansOtherwise() {
        DataType number = DataType.DecimalType.unconstrained();
        RowFilter decimal = compare("q", Comparison.LESS, number, "0");
        RowFilter five = compare("n", Comparison.EQUAL, WHOLE, "5");

        assertThat(ids(decimal)).containsExactly(1, 2, 3);
        assertThat(ids(compare("c", Comparison.EQUAL, TEXT, "no"))).containsExactly(1, 2, 3);
        assertThat(ids(compare("v", Comparison.LESS, TEXT, "a"))).containsExactly(1, 2, 3);
        assertThat(ids(compare("v", Comparison.EQUAL, TEXT, "\u00e4"))).containsExactly(1, 2, 3);
        assertThat(ids(compare("d", Comparison.LESS, new DataType.DateType(), "+10000-01-01")))
                .containsExactly(1, 2, 3);
        assertThat(ids(new Any(List.of(five, decimal)))).containsExactly(1, 2, 3);
        assertThat(ids(new Not(decimal))).containsExactly(1, 2, 3);
        // Of parts that all have to be true, those that can be said are enough to leave rows out.
        assertThat(ids(new All(List.of(five, decimal)))).containsExactly(1);
    }

    private static RowFilter compare(String field, Comparison comparison, DataType type, String value) {
        return new Compare(field, comparison, type, value);
    }

    private List<Integer> ids(RowFilter filter) {
        StreamId id = StreamId.of("public", "t");
        Config config = Config.of(PostgresFixture.config(database, Map.of()));
        try (Source source = new PostgresSource().open(config, new TestContext())) {
            CatalogStream stream =
                    source.discover(new DiscoverScope.Only(Set.of(id))).find(id).orElseThrow();
            StreamRead read =
                    new StreamRead(stream, stream.schema(), SyncMode.FULL_REFRESH, null, List.of(), false, filter);
            try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.Beginning())) {
                return reading.readAll().rows().stream()
                        .map(row -> Integer.valueOf(row.text(0)))
                        .sorted()
                        .toList();
            }
        }
    }
}
