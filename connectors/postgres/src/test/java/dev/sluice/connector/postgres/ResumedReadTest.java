package dev.sluice.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.StreamRead;
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

/** When a full read that was interrupted may go on: only if the server proves that finished parts still hold what came. */
class ResumedReadTest {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private Source source;
    private StreamRead read;

    @BeforeEach
    void fill() {
        database.execute("CREATE TABLE t AS SELECT g AS id FROM generate_series(1, 60000) AS g");
        source = new PostgresSource()
                .open(Config.of(PostgresFixture.config(database, Map.of("split_size_mb", 1))), new TestContext());
        StreamId id = StreamId.of("public", "t");
        CatalogStream stream =
                source.discover(new DiscoverScope.Only(Set.of(id))).find(id).orElseThrow();
        read = new StreamRead(stream, stream.schema(), SyncMode.FULL_REFRESH, null, List.of(), false, null);
    }

    @AfterEach
    void close() {
        source.close();
        database.close();
    }

    @Test
    void goesOnWhereNothingHasChanged() {
        assertThat(source.plan(read, afterTheFirstPart(0, true)))
                .isInstanceOfSatisfying(
                        PlanResult.Planned.class, planned -> planned.read().close());
    }

    @Test
    void beginsAnewWhereRowsAreGone() {
        ReadStart.Resume resume = afterTheFirstPart(0, true);
        database.execute("DELETE FROM t WHERE id = 1");

        assertThat(source.plan(read, resume)).isInstanceOf(PlanResult.CannotResume.class);
    }

    /** A rejected row and a deleted one make the counts equal, and yet a row was delivered that is no longer there. */
    @Test
    void takesNoCountsForProofWhereRowsWereLeftOut() {
        ReadStart.Resume resume = afterTheFirstPart(1, false);
        database.execute("DELETE FROM t WHERE id = 1");

        assertThat(source.plan(read, resume))
                .isInstanceOfSatisfying(
                        PlanResult.CannotResume.class,
                        refused -> assertThat(refused.why()).startsWith("rows were rejected or filtered"));
    }

    private ReadStart.Resume afterTheFirstPart(long leftOut, boolean complete) {
        try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.Beginning())) {
            assertThat(reading.plan().splits()).hasSizeGreaterThan(1);
            Split first = reading.splitsLeft().getFirst();
            reading.readSplit(first);
            SplitProgress done = new SplitProgress(null, true, reading.rows().size() - leftOut);
            return new ReadStart.Resume(reading.plan(), null, Map.of(first.id(), done), complete);
        }
    }
}
