package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Check and discovery. */
abstract class SourceCheckTests extends SourceTests {
    @Test
    final void aWorkingConfigurationPassesItsCheck() {
        CheckReport report = open().check();
        assertThat(report.firstProblem()).isEmpty();
        assertThat(report.steps())
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.name()).isNotBlank());
    }

    @TestFactory
    final Stream<DynamicTest> aConfigurationThatDoesNotWorkIsExplained() {
        assertThat(fixture().misconfigured()).isNotEmpty();
        return fixture().misconfigured().stream()
                .map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> explainsWhatIsWrong(wrong)));
    }

    private void explainsWhatIsWrong(Misconfigured<Source> wrong) {
        Source opened = openOrRefuse(wrong, context);
        if (opened == null) {
            return;
        }
        try (Source source = opened) {
            CheckReport report = source.check();
            assertFound(wrong, report);
            Problem discovery =
                    problemOf("discovery with " + wrong.name(), () -> source.discover(new DiscoverScope.All()));
            assertThat(discovery.kind()).as(discovery.toString()).isEqualTo(wrong.kind());
            assertKeepsSecrets(wrong, report + " " + discovery + " " + context.lines());
        }
    }

    @Test
    final void discoveryShowsAStreamWithItsFieldsTypesAndKey() throws Exception {
        KnownStream known = fixture().stream(1);
        Catalog catalog = open().discover(new DiscoverScope.All());
        CatalogStream stream = catalog.find(known.id()).orElseThrow();
        assertThat(stream.schema()).isEqualTo(known.schema());
        gaps().expect(
                        SourceTrait.PRIMARY_KEYS,
                        () -> assertThat(stream.primaryKey())
                                .isEqualTo(known.primaryKey().stream()
                                        .map(FieldPath::of)
                                        .toList()),
                        () -> assertThat(stream.primaryKey()).isEmpty());
    }

    @Test
    final void discoveryIsTheSameEachTime() {
        fixture().stream(1);
        assertThat(open().discover(new DiscoverScope.All())).isEqualTo(open().discover(new DiscoverScope.All()));
    }

    @Test
    final void discoveryOfSomeStreamsShowsOnlyThoseThatExist() {
        KnownStream known = fixture().stream(1);
        StreamId absent = StreamId.of(known.id().namespace(), "there is no such \"stream\"");
        Catalog catalog = open().discover(new DiscoverScope.Only(Set.of(known.id(), absent)));
        assertThat(catalog.streams()).extracting(CatalogStream::id).containsExactly(known.id());
        assertThat(catalog.streams()).isEqualTo(List.of(discover(open(), known.id())));
        assertThat(open().discover(new DiscoverScope.Only(Set.of(absent))).streams())
                .isEmpty();
    }

    @Test
    final void discoveryTellsIfAStreamCanBeResumed() throws Exception {
        KnownStream known = fixture().stream(1);
        CatalogStream stream = discover(open(), known.id());
        gaps().expect(
                        SourceTrait.RESUME,
                        () -> assertThat(stream.resumable()).isTrue(),
                        () -> assertThat(stream.resumable()).isFalse());
    }

    @Test
    final void tablesAndFieldsWithAnyNameAreReadAsTheyAre() throws Exception {
        gaps().need(SourceTrait.TABLES);
        gaps().expect(SourceTrait.HOSTILE_NAMES, () -> {
            for (String name : HostileNames.all()) {
                readsTableAndField(null, "t " + name, name);
            }
        });
    }

    @Test
    final void namesThatDifferByCaseOnlyAreDifferent() throws Exception {
        gaps().need(SourceTrait.TABLES, SourceTrait.HOSTILE_NAMES);
        readsTableAndField(null, "Case Twin", "Ordinary");
        readsTableAndField(null, "case twin", "ordinary");
    }

    @Test
    final void namespacesWithAnyNameAreReadAsTheyAre() throws Exception {
        gaps().need(SourceTrait.TABLES, SourceTrait.HOSTILE_NAMES);
        gaps().expect(SourceTrait.NAMESPACES, () -> {
            for (String name : HostileNames.all()) {
                readsTableAndField("n " + name, "in a namespace", "field");
            }
        });
    }

    private void readsTableAndField(@Nullable String namespace, String tableName, String fieldName) {
        Schema schema = Schema.of(new Field("id", fixture().keyType()), new Field(fieldName, new DataType.TextType()));
        SourceTable table = fixture().create(new TableSpec(namespace, tableName, schema, List.of("id"), null));
        List<Row> rows = List.of(
                Row.of(StandardTable.number(fixture().keyType(), 1), "one"),
                Row.of(StandardTable.number(fixture().keyType(), 2), null));
        try (SourceTable.Edit edit = table.begin()) {
            edit.insert(rows);
            edit.commit();
        }
        // A system that cuts long names itself says so by the table's own identity and schema.
        assertThat(tableName).startsWith(table.id().name());
        assertThat(discover(open(), table.id()).schema().names())
                .isEqualTo(table.schema().names());
        Rows.assertSame(tableName, rows.stream().map(table::expected).toList(), readWhole(table.id()));
        table.drop();
    }

    @Test
    final void aTableThatIsGoneIsAProblemAndNoEmptyRead() {
        gaps().need(SourceTrait.TABLES);
        StandardTable table = StandardTable.create(fixture(), 3);
        Source source = open();
        CatalogStream stream = discover(source, table.table().id());
        table.table().drop();
        List<Row> read = new ArrayList<>();
        problemOf("a read of a table that was dropped", () -> {
            try (StreamReading reading = StreamReading.begin(source, fullRead(stream), BEGINNING)) {
                read.addAll(reading.readAll().rows());
            }
        });
        assertThat(read).isEmpty();
    }
}
