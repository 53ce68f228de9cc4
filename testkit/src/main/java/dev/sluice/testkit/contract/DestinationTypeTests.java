package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Meaning;
import dev.sluice.testkit.rows.RandomData;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.TypeSamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Values of each type arrive as the plan says: exactly, with the same meaning, or altered and marked. */
abstract class DestinationTypeTests extends DestinationTests {
    @TestFactory
    final Stream<DynamicTest> valuesOfEachTypeArriveAsThePlanSays() {
        return TypeSamples.types().stream()
                .map(type -> DynamicTest.dynamicTest(type.notation(), () -> {
                    List<@Nullable String> values = new ArrayList<>(TypeSamples.of(type));
                    values.add(null);
                    arrive(Schema.of(ID, new Field("value", type)), numbered(values));
                }));
    }

    private static List<Row> numbered(List<@Nullable String> values) {
        List<Row> rows = new ArrayList<>();
        for (String value : values) {
            rows.add(Row.of(Integer.toString(rows.size() + 1), value));
        }
        return rows;
    }

    @Test
    final void randomRowsArriveAsThePlanSays() {
        for (long seed = 1; seed <= 3; seed++) {
            RandomData random = new RandomData(seed);
            Schema schema = random.schema(15, TypeSamples.types());
            arrive(schema, random.rows(schema, 1, 150));
        }
    }

    /** What a run altered: by row and field as the stored metadata says, and how often as the host heard. */
    private record Altered(Map<String, List<String>> fieldsByRow, long counted) {}

    private void arrive(Schema schema, List<Row> rows) {
        Destination destination = open();
        TargetSpec spec = target(schema, firstMode());
        TargetPlan plan = destination.plan(spec);
        assertThat(plan.columns()).hasSameSizeAs(schema.fields());
        long counted;
        try (TargetRun run = TargetRun.open(destination, spec)) {
            run.split("only", BatchMaker.batch(schema, rows)).publish(END);
            assertThat(run.rejects()).as("no row is refused for a value").isEmpty();
            counted = run.changes().size();
        }
        if (!gaps().has(DestinationTrait.READ_BACK)) {
            return;
        }
        TargetContent content = fixture().read(plan).orElseThrow();
        String id = plan.columns().getFirst().column();
        Map<String, Map<String, @Nullable String>> stored = new HashMap<>();
        content.rows().forEach(row -> stored.put(String.valueOf(row.get(id)), row));
        assertThat(stored).as("one stored row for each id").hasSize(rows.size());
        Altered altered = new Altered(alterations(content, id), counted);
        for (Row row : rows) {
            Map<String, @Nullable String> there = stored.get(row.text(0));
            assertThat(there).as("the stored row " + row.text(0)).isNotNull();
            if (there != null) {
                for (int i = 1; i < schema.size(); i++) {
                    assertArrived(plan.columns().get(i), row, i, there, altered);
                }
            }
        }
        if (gaps().has(DestinationTrait.METADATA)) {
            assertThat(altered.counted())
                    .as("the alterations that were counted, held against those that are marked in the rows")
                    .isEqualTo(altered.fieldsByRow().values().stream()
                            .mapToLong(List::size)
                            .sum());
        }
    }

    private Map<String, List<String>> alterations(TargetContent content, String id) {
        Map<String, List<String>> fields = new HashMap<>();
        if (gaps().has(DestinationTrait.METADATA)) {
            for (Map<String, @Nullable String> row : content.rows()) {
                List<String> changed = StoredMeta.of(row).changes().stream()
                        .map(StoredMeta.Change::field)
                        .toList();
                fields.put(String.valueOf(row.get(id)), changed);
            }
        }
        return fields;
    }

    private void assertArrived(
            ColumnPlan column, Row row, int index, Map<String, @Nullable String> stored, Altered altered) {
        DataType type = column.field().type();
        String expected = row.value(index);
        String actual = stored.get(column.column());
        String what = type.notation() + " as " + column.columnType() + ", " + column.fit() + ", of row " + row.text(0)
                + " " + new Row(row.operation(), Arrays.asList(expected, actual), Set.of());
        if (expected == null) {
            assertThat(actual).as(what).isNull();
            return;
        }
        if (!fixture().sees(type, expected)) {
            return;
        }
        boolean marked = altered.fieldsByRow()
                .getOrDefault(row.text(0), List.of())
                .contains(column.field().name());
        boolean exact = column.fit() == Fit.EXACT;
        boolean same = actual != null && (exact ? expected.equals(actual) : Meaning.same(type, expected, actual));
        if (same) {
            assertThat(marked).as("marked although it is the same: " + what).isFalse();
            return;
        }
        assertThat(column.fit() == Fit.LOSSY || !fixture().holds(type, expected))
                .as("altered: " + what)
                .isTrue();
        if (gaps().has(DestinationTrait.METADATA)) {
            assertThat(marked).as("altered and not marked: " + what).isTrue();
        } else {
            assertThat(altered.counted()).as("altered and not counted: " + what).isPositive();
        }
    }

    @Test
    final void textsAreNeverTakenForSomethingElse() {
        List<@Nullable String> values = new ArrayList<>(List.of(
                "",
                " ",
                "null",
                "NULL",
                "\\N",
                "\\.",
                "\\",
                "\"",
                "\"\"",
                "'",
                ",",
                ";",
                "\t",
                "\n",
                "\r\n",
                "true",
                "0",
                "00",
                "-",
                "NaN",
                "2024-01-01",
                "{}",
                "[]",
                "#",
                "//",
                "=1+1",
                "\uFEFF"));
        values.add(null);
        arrive(Schema.of(ID, NAME), numbered(values));
    }

    @Test
    final void aRowOfNothingButNullsArrives() {
        Schema schema = Schema.of(NAME, CURSOR);
        Row nulls = Row.of(Arrays.asList(null, null));
        gaps().need(DestinationTrait.APPEND);
        Destination destination = open();
        TargetSpec spec = target(schema, append());
        write(destination, spec, BatchMaker.batch(schema, List.of(nulls, nulls)));
        assertContent("rows of nulls", destination, spec, List.of(nulls, nulls));
    }

    @Test
    final void aLargeValueArrives() throws Exception {
        gaps().expect(DestinationTrait.LARGE_VALUES, () -> {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, firstMode());
            String large = "0123456789abcde\n".repeat(fixture().largeValue() / 16);
            write(
                    destination,
                    spec,
                    BatchMaker.of(SCHEMA).row(1, "small").build(),
                    BatchMaker.of(SCHEMA).row(2, large).build(),
                    BatchMaker.of(SCHEMA).row(3, "small").build());
            assertContent(
                    "a large value",
                    destination,
                    spec,
                    List.of(Row.of("1", "small"), Row.of("2", large), Row.of("3", "small")));
        });
    }

    @Test
    final void aRowThatIsRefusedIsReportedAndTheOthersArrive() {
        DestinationFixture.Poison poison = fixture().poison().orElse(null);
        Assumptions.assumeTrue(poison != null, "the destination refuses no row");
        if (poison != null) {
            Destination destination = open();
            TargetSpec spec = target(poison.schema(), firstMode());
            var good = BatchMaker.batch(poison.schema(), List.of(poison.good()));
            var mixed = BatchMaker.batch(
                    poison.schema(),
                    List.of(
                            poison.good().with(0, "2"),
                            poison.row(),
                            poison.good().with(0, "3")));
            try (TargetRun run = TargetRun.open(destination, spec)) {
                run.commit("only", "1", good).split("only", mixed);
                assertThat(run.rejects()).hasSize(1).allSatisfy(reject -> {
                    assertThat(reject.place()).isNotBlank();
                    assertThat(reject.code()).isNotBlank();
                    assertThat(reject.reason()).isNotBlank();
                });
                assertThat(run.committedRows()).isEqualTo(3);
                run.publish(END);
            }
            assertContent(
                    "the rows around the refused one",
                    destination,
                    spec,
                    List.of(
                            poison.good(),
                            poison.good().with(0, "2"),
                            poison.good().with(0, "3")));
        }
    }
}
