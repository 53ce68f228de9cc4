package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.rows.Row;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What all groups of the source contract share. One instance serves one test. */
abstract class SourceTests {
    static final ReadStart BEGINNING = new ReadStart.Beginning();

    private final List<Source> opened = new CopyOnWriteArrayList<>();
    final TestContext context = new TestContext();

    abstract SourceFixture fixture();

    final Gaps<SourceTrait> gaps() {
        return Gaps.of(fixture().lacks(), fixture());
    }

    /** A new source, closed after the test. */
    final Source open() {
        Source source = fixture().open(context);
        opened.add(source);
        return source;
    }

    @AfterEach
    final void closeSources() {
        opened.forEach(Source::close);
    }

    /** The stream as the source discovers it when it is asked for this one only. */
    static CatalogStream discover(Source source, StreamId id) {
        Catalog catalog = source.discover(new DiscoverScope.Only(Set.of(id)));
        return catalog.find(id)
                .orElseThrow(() -> new AssertionError("discovery does not show the stream " + id + " but "
                        + catalog.streams().stream().map(CatalogStream::id).toList()));
    }

    static StreamRead fullRead(CatalogStream stream) {
        return fullRead(stream, stream.schema());
    }

    static StreamRead fullRead(CatalogStream stream, Schema selected) {
        return new StreamRead(stream, selected, SyncMode.FULL_REFRESH, null, stream.primaryKey(), false);
    }

    /**
     * An incremental read by the cursor of the standard table, or by the source's own.
     *
     * @param deduplicated true if the destination keeps one row a key
     */
    static StreamRead incrementalRead(CatalogStream stream, boolean deduplicated) {
        assertThat(stream.supportsIncremental())
                .as("discovery shows that " + stream.id() + " can be read incrementally")
                .isTrue();
        @Nullable
        FieldPath cursor = stream.cursor().sourceDefined()
                ? stream.cursor().field()
                : FieldPath.of(stream.schema().field(StandardTable.CHANGED).name());
        List<FieldPath> key = stream.primaryKey().isEmpty()
                ? List.of(FieldPath.of(stream.schema().field(StandardTable.ID).name()))
                : stream.primaryKey();
        return new StreamRead(stream, stream.schema(), SyncMode.INCREMENTAL, cursor, key, deduplicated);
    }

    /** All rows of a full read with a new source. */
    final List<Row> readWhole(StreamId id) {
        Source source = open();
        try (StreamReading reading = StreamReading.begin(source, fullRead(discover(source, id)), BEGINNING)) {
            return reading.readAll().rows();
        }
    }

    /** The rows of a read as plain ones: for a table, an insert or update of a log says the same as the row itself. */
    static List<Row> plain(List<Row> rows) {
        return rows.stream()
                .map(row -> switch (row.operation()) {
                    case INSERT, UPDATE -> row.unchanged().isEmpty() ? row.as(Operation.UPSERT) : row;
                    case UPSERT, DELETE -> row;
                })
                .toList();
    }

    /** The problem that an action has to end with; nothing else may come out of a connector. */
    static Problem problemOf(String what, Gaps.Scenario action) {
        try {
            action.run();
        } catch (ProblemException problem) {
            assertClear(what, problem.problem());
            return problem.problem();
        } catch (Exception other) {
            throw new AssertionError(what + ": a connector fails with a ProblemException, not with " + other, other);
        }
        throw new AssertionError(what + ": no problem was reported");
    }

    /** Opens a connector with a configuration that does not work; null if that is refused, which is demanded to be clear. */
    static <C extends AutoCloseable> @Nullable C openOrRefuse(Misconfigured<C> wrong, TestContext context) {
        try {
            return wrong.open().apply(context);
        } catch (ProblemException refused) {
            // A configuration that does not fit the spec is refused before anything is tried.
            assertClear(wrong.name(), refused.problem());
            assertThat(refused.problem().kind())
                    .as(refused.problem().toString())
                    .isEqualTo(ProblemKind.CONFIG);
            assertThat(wrong.kind())
                    .as("the kind that is expected of " + wrong.name())
                    .isEqualTo(ProblemKind.CONFIG);
            wrong.secrets()
                    .forEach(secret -> assertThat(refused.problem().toString()).doesNotContain(secret));
            return null;
        }
    }

    /** The check has to find what is wrong, and to say what is to be done. */
    static void assertFound(Misconfigured<?> wrong, CheckReport report) {
        assertThat(report.succeeded()).as("the check of " + wrong.name()).isFalse();
        Problem problem = report.firstProblem().orElseThrow();
        assertClear(wrong.name(), problem);
        assertThat(problem.kind()).as(problem.toString()).isEqualTo(wrong.kind());
        assertThat(problem.fix()).as("what to do about " + problem).isNotBlank();
    }

    /** Whatever was said of a configuration, its secrets are not in it. */
    static void assertKeepsSecrets(Misconfigured<?> wrong, String said) {
        for (String secret : wrong.secrets()) {
            assertThat(said).as("messages about " + wrong.name()).doesNotContain(secret);
        }
    }

    /** A problem that a person can act on. */
    static void assertClear(String what, Problem problem) {
        assertThat(problem.code()).as(what + ": the code of " + problem).matches("E_[A-Z0-9_]+");
        assertThat(problem.message()).as(what + ": the message").isNotBlank().doesNotContain("Exception");
    }
}
