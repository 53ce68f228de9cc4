package dev.sluice.connector.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.sample.content.Oracle;
import dev.sluice.connector.sample.content.Recipe;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Addresses, options, and how reads are cut into parts and batches. */
class SampleConnectorTest {
    private static final SampleConnector CONNECTOR = new SampleConnector();

    private static Source open(Map<String, Object> config) {
        return CONNECTOR.open(Config.of(config), new TestContext());
    }

    private static StreamRead fullRead(Source source, String stream) {
        var found = source.discover(new DiscoverScope.All())
                .find(StreamId.of(stream))
                .orElseThrow();
        return new StreamRead(found, found.schema(), SyncMode.FULL_REFRESH, null, found.primaryKey(), false);
    }

    private static StreamReading begin(Source source, String stream, BatchSize size) {
        return StreamReading.plan(source, fullRead(source, stream), new ReadStart.Beginning(), size)
                .orElseThrow();
    }

    @Test
    void itsAddressIsItsNameWithOptions() {
        Config config =
                CONNECTOR.fromUri("sample://?count=3&seed=-7&awkward=true").orElseThrow();
        try (Source source = CONNECTOR.open(config, new TestContext());
                StreamReading reading = begin(source, "users", BatchSize.DEFAULT)) {
            assertThat(reading.readAll().rows())
                    .isEqualTo(Oracle.content(Oracle.stream(new Recipe(-7, 3, 0, true), "users"), 0));
        }
        assertThat(CONNECTOR.fromUri("sample:"))
                .hasValueSatisfying(bare -> assertThat(bare.values()).isEmpty());
        assertThat(CONNECTOR.fromUri("samples.csv")).isEmpty();
    }

    @Test
    void itsOptionsAreAForm() {
        Map<String, ?> spec = Json.readObject(CONNECTOR.spec());
        assertThat(spec.get("properties"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("count", "seed", "updates", "operations", "awkward", "parallelism", "version");
    }

    @Test
    void anEmptyStreamHasNoPart() {
        try (Source source = open(Map.of("count", 0));
                StreamReading reading = begin(source, "users", BatchSize.DEFAULT)) {
            assertThat(reading.plan().splits()).isEmpty();
        }
    }

    @Test
    void largeStreamsHaveAsManyPartsAsAskedFor() {
        try (Source source = open(Map.of("count", 1_000_000, "parallelism", 5));
                StreamReading users = begin(source, "users", BatchSize.DEFAULT);
                StreamReading products = begin(source, "products", BatchSize.DEFAULT)) {
            assertThat(users.plan().splits()).hasSize(5);
            assertThat(users.plan().splits().stream()
                            .mapToLong(split -> split.estimate().rows())
                            .sum())
                    .isEqualTo(1_000_000);
            assertThat(products.plan().splits()).hasSize(1);
        }
    }

    @Test
    void batchesAreAboutAsLargeAsTheHostWantsThem() {
        BatchSize wanted = new BatchSize(65_536, 256 << 10);
        try (Source source = open(Map.of("count", 20_000, "parallelism", 1));
                StreamReading reading = begin(source, "users", wanted)) {
            List<RecordBatch> batches = reading.readAll().batches();
            assertThat(batches).hasSizeGreaterThan(10);
            assertThat(batches.subList(1, batches.size() - 1))
                    .allSatisfy(batch -> assertThat(batch.bytes()).isBetween(wanted.bytes() / 2, wanted.bytes() * 2));
        }
    }
}
