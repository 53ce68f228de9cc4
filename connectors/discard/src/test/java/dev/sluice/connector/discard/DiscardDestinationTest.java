package dev.sluice.connector.discard;

import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.testkit.contract.DestinationContract;
import dev.sluice.testkit.contract.DestinationFixture;
import dev.sluice.testkit.contract.DestinationTrait;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.TargetContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The contract, as far as it can be kept by what keeps nothing: every step can be taken, and every row is counted. */
class DiscardDestinationTest extends DestinationContract {
    @Override
    protected DestinationFixture fixture() {
        return new Fixture();
    }

    private static final class Fixture implements DestinationFixture {
        @Override
        public Destination open(ConnectorContext context) {
            return new DiscardConnector().open(Config.of(Map.of()), context);
        }

        @Override
        public List<Misconfigured<Destination>> misconfigured() {
            return List.of(
                    refused("a rate of nothing", Map.of("rows_per_second", 0)),
                    refused("a limit that is no number", Map.of("fail_after_rows", "soon")),
                    refused("an unknown option", Map.of("fail_after", 5)));
        }

        private static Misconfigured<Destination> refused(String name, Map<String, Object> config) {
            return new Misconfigured<>(
                    name,
                    ProblemKind.CONFIG,
                    Set.of(),
                    context -> new DiscardConnector().open(Config.of(config), context));
        }

        @Override
        public Optional<TargetContent> read(TargetPlan plan) {
            return Optional.empty();
        }

        @Override
        public Map<DestinationTrait, String> lacks() {
            String nothingKept = "nothing is kept";
            return Map.of(
                    DestinationTrait.READ_BACK,
                    nothingKept,
                    DestinationTrait.LEDGER,
                    "it remembers no run, so the engine's own state is all there is",
                    DestinationTrait.ATOMIC_COMMIT,
                    nothingKept,
                    DestinationTrait.ATOMIC_PUBLISH,
                    nothingKept,
                    DestinationTrait.VERIFIED_PUBLISH,
                    "what earlier attempts of a run committed is forgotten, so more rows than it counted are no fault",
                    DestinationTrait.OWNERSHIP,
                    "there is nothing that two writers could mix",
                    DestinationTrait.METADATA,
                    nothingKept,
                    DestinationTrait.NEW_COLUMNS,
                    "each run begins with nothing, so a column is never added to something");
        }

        @Override
        public void close() {}
    }
}
