package dev.sluice.connector.sample;

import dev.sluice.connector.sample.content.Oracle;
import dev.sluice.connector.sample.content.Recipe;
import dev.sluice.connector.sample.content.SampleStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import dev.sluice.testkit.contract.KnownStream;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.SourceContract;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.contract.SourceTable;
import dev.sluice.testkit.contract.SourceTrait;
import dev.sluice.testkit.contract.TableSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The contract, with a content that is the source's own. */
class SampleSourceTest extends SourceContract {
    @Override
    protected SourceFixture fixture() {
        return new Fixture();
    }

    private static final class Fixture implements SourceFixture {
        private static final long SEED = 20_260_102;

        private volatile long count = 1;

        @Override
        public Source open(ConnectorContext context) {
            Map<String, Object> config = Map.of("seed", SEED, "count", count, "awkward", true, "updates", 10);
            return new SampleConnector().open(Config.of(config), context);
        }

        /** The sources that are opened from here on have so many users. */
        @Override
        public KnownStream stream(int rows) {
            count = rows;
            SampleStream users = Oracle.stream(new Recipe(SEED, rows, 10, true), "users");
            return new KnownStream(StreamId.of("users"), users.schema(), List.of("id"), Oracle.content(users, 0));
        }

        @Override
        public List<Misconfigured<Source>> misconfigured() {
            return List.of(
                    refused("fewer rows than none", Map.of("count", -1)),
                    refused("more updates than rows", Map.of("updates", 101)),
                    refused("a seed that is no number", Map.of("seed", "random")),
                    refused("an unknown option", Map.of("rows", 5)));
        }

        private static Misconfigured<Source> refused(String name, Map<String, Object> config) {
            return new Misconfigured<>(
                    name,
                    ProblemKind.CONFIG,
                    Set.of(),
                    context -> new SampleConnector().open(Config.of(config), context));
        }

        @Override
        public SourceTable create(TableSpec spec) {
            throw new UnsupportedOperationException("the content is the source's own");
        }

        @Override
        public Map<SourceTrait, String> lacks() {
            Map<SourceTrait, String> lacks = new EnumMap<>(SourceTrait.class);
            lacks.put(SourceTrait.TABLES, "the content is the source's own; increments have tests of their own");
            lacks.put(SourceTrait.NAMESPACES, "three streams need no groups");
            lacks.put(SourceTrait.HOSTILE_NAMES, "the names of streams and fields are fixed");
            lacks.put(SourceTrait.LARGE_VALUES, "no value is larger than some kilobytes");
            return lacks;
        }

        @Override
        public void close() {}
    }
}
