package dev.sluice.testkit.certify;

import dev.sluice.engine.certify.ContractSuites.Subject;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.contract.GapFinder;
import dev.sluice.testkit.contract.KnownStream;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.contract.SourceTable;
import dev.sluice.testkit.contract.SourceTrait;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.contract.Trait;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A source of which nothing is known but what it says: its first full read is what all others are held against. */
final class UnknownSource implements SourceFixture, GapFinder {
    private final Subject<Source> subject;
    private final @Nullable StreamId wanted;
    private final long mostRows;
    private final Map<SourceTrait, String> lacks = new EnumMap<>(SourceTrait.class);
    private final Map<String, String> found = new ConcurrentHashMap<>();
    private @Nullable KnownStream known;

    UnknownSource(Subject<Source> subject, @Nullable StreamId wanted, long mostRows) {
        this.subject = subject;
        this.wanted = wanted;
        this.mostRows = mostRows;
        lacks.put(SourceTrait.TABLES, "nobody may make tables in a system that is not a test's own");
        lacks.put(SourceTrait.NAMESPACES, "as above");
        lacks.put(SourceTrait.HOSTILE_NAMES, "as above");
        lacks.put(SourceTrait.LARGE_VALUES, "as above");
    }

    /** Reads the stream that everything is tried with. Fails as the source does. */
    KnownStream look() {
        KnownStream there = known;
        if (there != null) {
            return there;
        }
        try (Source source = subject.open().apply(new TestContext())) {
            List<CatalogStream> streams = source.discover(new DiscoverScope.All()).streams().stream()
                    .filter(stream -> wanted == null || stream.id().equals(wanted))
                    .sorted(Comparator.comparingLong(UnknownSource::size))
                    .toList();
            for (CatalogStream stream : streams) {
                KnownStream read = read(source, stream);
                if (read != null && (there == null || !read.rows().isEmpty())) {
                    there = read;
                    if (!read.rows().isEmpty()) {
                        break;
                    }
                }
            }
        }
        if (there == null) {
            throw new IllegalStateException(
                    wanted == null
                            ? "no stream has at most " + mostRows + " rows"
                            : "the stream " + wanted + " is not there, or has more than " + mostRows + " rows");
        }
        if (there.primaryKey().isEmpty()) {
            lacks.put(SourceTrait.PRIMARY_KEYS, "the catalog names no key of the stream");
        }
        known = there;
        return there;
    }

    /** Streams of unknown size come last. */
    private static long size(CatalogStream stream) {
        return stream.estimate().rows() < 0 ? Long.MAX_VALUE : stream.estimate().rows();
    }

    /** The stream as it is read whole; null if it is too large. */
    private @Nullable KnownStream read(Source source, CatalogStream stream) {
        if (stream.estimate().rows() > mostRows) {
            return null;
        }
        StreamRead read =
                new StreamRead(stream, stream.schema(), SyncMode.FULL_REFRESH, null, stream.primaryKey(), false);
        try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.Beginning())) {
            for (Split split : reading.splitsLeft()) {
                while (!reading.read(split, 50)) {
                    if (reading.rows().size() > mostRows) {
                        return null;
                    }
                }
            }
            List<String> key =
                    stream.primaryKey().stream().map(FieldPath::column).toList();
            return new KnownStream(stream.id(), stream.schema(), key, reading.rows());
        }
    }

    Map<String, String> found() {
        return found;
    }

    Map<SourceTrait, String> declared() {
        return lacks;
    }

    @Override
    public void found(Trait trait, String how) {
        found.putIfAbsent(trait.promise(), JUnitSuites.firstLine(how));
    }

    @Override
    public Source open(ConnectorContext context) {
        return subject.open().apply(context);
    }

    @Override
    public List<Misconfigured<Source>> misconfigured() {
        Assumptions.assumeFalse(
                subject.wrong().isEmpty(), "its spec does not tell of any configuration that it is wrong");
        return subject.wrong().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> new Misconfigured<>(each.getKey(), ProblemKind.CONFIG, subject.secrets(), each.getValue()))
                .toList();
    }

    @Override
    public KnownStream stream(int rows) {
        KnownStream there = look();
        Assumptions.assumeTrue(
                there.rows().size() >= rows,
                "the stream " + there.id() + " has " + there.rows().size() + " rows, and this needs " + rows);
        return there;
    }

    @Override
    public int rowsForSplits() {
        return Math.max(1, look().rows().size());
    }

    @Override
    public SourceTable create(TableSpec spec) {
        throw new UnsupportedOperationException("nobody may make tables here");
    }

    @Override
    public Map<SourceTrait, String> lacks() {
        return lacks;
    }

    @Override
    public void close() {
        // Each source is closed by whoever opened it.
    }
}
