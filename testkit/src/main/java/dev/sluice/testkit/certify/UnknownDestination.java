package dev.sluice.testkit.certify;

import dev.sluice.engine.certify.ContractSuites.Subject;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.ReadBack;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.contract.DestinationFixture;
import dev.sluice.testkit.contract.DestinationTrait;
import dev.sluice.testkit.contract.GapFinder;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.TargetContent;
import dev.sluice.testkit.contract.Trait;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A destination of which nothing is known but what it says: what it wrote is looked at through its own way to read back. */
final class UnknownDestination implements DestinationFixture, GapFinder {
    private final Subject<Destination> subject;
    private final String scratch;
    private final Map<DestinationTrait, String> lacks = new EnumMap<>(DestinationTrait.class);
    private final Map<String, String> found = new ConcurrentHashMap<>();
    private final Map<String, TargetSpec> written = new ConcurrentHashMap<>();

    UnknownDestination(Subject<Destination> subject, String scratch) {
        this.subject = subject;
        this.scratch = scratch;
        try (Destination destination = subject.open().apply(new TestContext())) {
            declare(destination.traits());
        }
    }

    /** What it says of itself that it cannot do. */
    private void declare(DestinationTraits traits) {
        String own = "the connector says so";
        lack(traits.modes().contains(DestinationSyncMode.APPEND), DestinationTrait.APPEND, own);
        lack(traits.modes().contains(DestinationSyncMode.OVERWRITE), DestinationTrait.OVERWRITE, own);
        lack(traits.modes().contains(DestinationSyncMode.APPEND_DEDUP), DestinationTrait.APPEND_DEDUP, own);
        lack(traits.modes().contains(DestinationSyncMode.OVERWRITE_DEDUP), DestinationTrait.OVERWRITE_DEDUP, own);
        lack(traits.namespaces(), DestinationTrait.NAMESPACES, own);
        lack(traits.operations(), DestinationTrait.OPERATIONS, own);
        lack(traits.unchangedValues(), DestinationTrait.UNCHANGED_VALUES, own);
        lack(traits.ledger(), DestinationTrait.LEDGER, own);
        lack(traits.maxWriters() > 1, DestinationTrait.PARALLEL_WRITERS, own);
    }

    private void lack(boolean has, DestinationTrait trait, String why) {
        if (!has) {
            lacks.put(trait, why);
        }
    }

    /** Says that nothing can be looked at. */
    void readsNothingBack(String why) {
        lacks.put(DestinationTrait.READ_BACK, why);
    }

    boolean hasLedger() {
        return !lacks.containsKey(DestinationTrait.LEDGER);
    }

    Map<String, String> found() {
        return found;
    }

    Map<DestinationTrait, String> declared() {
        return lacks;
    }

    /** Removes what the tests wrote; the places that are left. */
    List<String> removeAll() {
        List<String> left = new ArrayList<>();
        try (Destination destination = subject.open().apply(new TestContext())) {
            written.forEach((location, spec) -> {
                Owner owner =
                        new Owner(spec.owner().connectionId(), spec.owner().connectionName(), true);
                TargetSpec mine = new TargetSpec(
                        owner,
                        spec.stream(),
                        spec.name(),
                        spec.schema(),
                        spec.mode(),
                        spec.generation(),
                        spec.object());
                try {
                    if (!destination.remove(mine)) {
                        left.add(location);
                    }
                } catch (ProblemException failure) {
                    left.add(location);
                }
            });
        }
        return left;
    }

    @Override
    public void found(Trait trait, String how) {
        found.putIfAbsent(trait.promise(), JUnitSuites.firstLine(how));
    }

    @Override
    public Destination open(ConnectorContext context) {
        return new ScratchDestination(
                subject.open().apply(context), scratch, !lacks.containsKey(DestinationTrait.NAMESPACES), written);
    }

    @Override
    public List<Misconfigured<Destination>> misconfigured() {
        Assumptions.assumeFalse(
                subject.wrong().isEmpty(), "its spec does not tell of any configuration that it is wrong");
        return subject.wrong().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> new Misconfigured<>(each.getKey(), ProblemKind.CONFIG, subject.secrets(), each.getValue()))
                .toList();
    }

    @Override
    public Optional<TargetContent> read(TargetPlan plan) {
        TargetSpec spec = written.get(plan.location());
        if (spec == null) {
            return Optional.empty();
        }
        try (Destination destination = subject.open().apply(new TestContext())) {
            if (destination.plan(spec).action() == TargetPlan.Action.CREATE) {
                return Optional.empty();
            }
            try (ReadBack stored = destination.readBack(spec)) {
                return Optional.of(content(stored));
            }
        }
    }

    private static TargetContent content(ReadBack stored) {
        CatalogStream stream = stored.source()
                .discover(new DiscoverScope.Only(Set.of(stored.stream())))
                .find(stored.stream())
                .orElseThrow(
                        () -> new AssertionError("what was written cannot be found to be read: " + stored.stream()));
        StreamRead read =
                new StreamRead(stream, stream.schema(), SyncMode.FULL_REFRESH, null, stream.primaryKey(), false);
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        try (StreamReading reading = StreamReading.begin(stored.source(), read, new ReadStart.Beginning())) {
            for (Row row : reading.readAll().rows()) {
                Map<String, @Nullable String> values = new LinkedHashMap<>();
                for (int i = 0; i < stream.schema().size(); i++) {
                    values.put(stream.schema().field(i).name(), row.value(i));
                }
                rows.add(values);
            }
        }
        return new TargetContent(stream.schema().names(), rows);
    }

    @Override
    public Map<DestinationTrait, String> lacks() {
        return lacks;
    }

    /** Readers of systems that keep it as a text, or not at all, show a null. */
    @Override
    public boolean sees(DataType type, String text) {
        return !text.equals("NaN");
    }

    @Override
    public int largeValue() {
        return 4 << 20;
    }

    @Override
    public void close() {
        // Each destination is closed by whoever opened it.
    }
}
