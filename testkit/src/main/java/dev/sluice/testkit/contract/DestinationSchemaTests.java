package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Meaning;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What happens to a target when the fields of its stream change. */
abstract class DestinationSchemaTests extends DestinationTests {
    private static final Field EXTRA = new Field("extra", new DataType.TextType());
    private static final Schema WITH_EXTRA = Schema.of(ID, NAME, EXTRA);

    /** The modes whose old rows stay while new ones come. */
    private List<WriteMode> keepingModes() {
        List<WriteMode> modes = new ArrayList<>();
        for (DestinationSyncMode mode : modes()) {
            if (!mode.overwrites()) {
                modes.add(dedup(mode, null, ID));
            }
        }
        return modes;
    }

    @Test
    final void aNewFieldBecomesANewColumn() throws Exception {
        for (WriteMode mode : keepingModes()) {
            gaps().expect(DestinationTrait.NEW_COLUMNS, () -> {
                Destination destination = open();
                TargetSpec spec = target(SCHEMA, mode);
                write(destination, spec, batch(1, 2));
                TargetSpec next = withSchema(run(spec, 1, 2), WITH_EXTRA);
                assertThat(column(destination.plan(next), EXTRA).action()).isEqualTo(ColumnPlan.Action.ADD);
                write(
                        destination,
                        next,
                        BatchMaker.of(WITH_EXTRA)
                                .row(3, "three", "x")
                                .row(4, "four", null)
                                .build());
                assertThat(column(destination.plan(next), EXTRA).action()).isEqualTo(ColumnPlan.Action.KEEP);
                assertContent(
                        "old and new rows",
                        destination,
                        next,
                        List.of(
                                Row.of("1", "name 1", null),
                                Row.of("2", "name 2", null),
                                Row.of("3", "three", "x"),
                                Row.of("4", "four", null)));
            });
        }
    }

    private static ColumnPlan column(TargetPlan plan, Field field) {
        return plan.columns().stream()
                .filter(column -> column.field().name().equals(field.name()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    final void aFieldThatNoLongerComesLeavesItsColumn() throws Exception {
        for (WriteMode mode : keepingModes()) {
            gaps().expect(DestinationTrait.KEPT_COLUMNS, () -> {
                Destination destination = open();
                TargetSpec spec = target(WITH_EXTRA, mode);
                write(
                        destination,
                        spec,
                        BatchMaker.of(WITH_EXTRA)
                                .row(1, "one", "x")
                                .row(2, "two", "y")
                                .build());
                write(
                        destination,
                        withSchema(run(spec, 1, 2), SCHEMA),
                        BatchMaker.of(SCHEMA).row(3, "three").build());
                assertContent(
                        "rows with and without the field",
                        destination,
                        run(spec, 1, 3),
                        List.of(Row.of("1", "one", "x"), Row.of("2", "two", "y"), Row.of("3", "three", null)));
                write(
                        destination,
                        run(spec, 1, 3),
                        BatchMaker.of(WITH_EXTRA).row(4, "four", "back").build());
                assertContent(
                        "rows after the field came back",
                        destination,
                        run(spec, 1, 4),
                        List.of(
                                Row.of("1", "one", "x"),
                                Row.of("2", "two", "y"),
                                Row.of("3", "three", null),
                                Row.of("4", "four", "back")));
            });
        }
    }

    @Test
    final void fieldsInAnotherOrderFindTheirColumns() {
        for (WriteMode mode : keepingModes()) {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, mode);
            write(destination, spec, batch(1, 2));
            Schema reversed = Schema.of(NAME, ID);
            write(
                    destination,
                    withSchema(run(spec, 1, 2), reversed),
                    BatchMaker.of(reversed).row("three", 3).build());
            assertContent(
                    "rows of both orders",
                    destination,
                    spec,
                    List.of(Row.of("1", "name 1"), Row.of("2", "name 2"), Row.of("3", "three")));
        }
    }

    @Test
    final void anOverwriteTakesTheNewFields() {
        need(overwrite());
        Destination destination = open();
        TargetSpec spec = target(WITH_EXTRA, overwrite());
        write(destination, spec, BatchMaker.of(WITH_EXTRA).row(1, "one", "x").build());
        Schema other = Schema.of(ID, new Field("extra", new DataType.IntType(64)));
        TargetSpec next = withSchema(run(spec, 2, 2), other);
        write(destination, next, BatchMaker.of(other).row(2, 22).build());
        assertContent("the new generation", destination, next, List.of(Row.of("2", "22")));
    }

    @Test
    final void aGenerationThatTruncatesTakesFieldsThatNoColumnCouldHold() {
        for (WriteMode mode : keepingModes()) {
            Destination destination = open();
            TargetSpec spec = target(WITH_EXTRA, mode);
            write(
                    destination,
                    spec,
                    BatchMaker.of(WITH_EXTRA).row(1, "one", "x").build());
            Schema other = Schema.of(ID, new Field("extra", new DataType.BoolType()));
            TargetSpec next = withSchema(spec, other).withGeneration(new Generation(2, 2, 2));
            assertThat(destination.plan(next).columns())
                    .as("the columns after a refresh in " + mode)
                    .hasSize(2);
            write(destination, next, BatchMaker.of(other).row(2, true).build());
            assertContent("the refreshed content in " + mode, destination, next, List.of(Row.of("2", "true")));
        }
    }

    /** A type and a wider one, with a value of each. */
    private record Widening(DataType from, String old, DataType to, String fresh) {
        @Override
        public String toString() {
            return from.notation() + " to " + to.notation();
        }
    }

    private static final List<Widening> WIDENINGS = List.of(
            new Widening(new DataType.IntType(16), "-32768", new DataType.IntType(32), "2147483647"),
            new Widening(new DataType.IntType(32), "-2147483648", new DataType.IntType(64), "9223372036854775807"),
            new Widening(
                    new DataType.IntType(64),
                    "9223372036854775807",
                    new DataType.DecimalType(38, 0),
                    "99999999999999999999999999999999999999"),
            new Widening(
                    new DataType.DecimalType(9, 2),
                    "1234567.89",
                    new DataType.DecimalType(18, 4),
                    "99999999999999.9999"),
            new Widening(new DataType.FloatType(32), "0.5", new DataType.FloatType(64), "1.0E300"),
            new Widening(
                    new DataType.TimestampType(3, true),
                    "2024-01-01T00:00:00.123Z",
                    new DataType.TimestampType(6, true),
                    "2024-01-01T00:00:00.123456Z"));

    @TestFactory
    final Stream<DynamicTest> aColumnBecomesWider() {
        return WIDENINGS.stream()
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> {
                    for (WriteMode mode : keepingModes()) {
                        gaps().expect(DestinationTrait.WIDER_COLUMNS, () -> changes(mode, each, true));
                    }
                }));
    }

    /** Changes that are no widening: the destination either keeps all values or refuses before anything is changed. */
    @TestFactory
    final Stream<DynamicTest> aColumnOfAnotherTypeLosesNothing() {
        return Stream.of(
                        new Widening(new DataType.IntType(64), "9223372036854775807", new DataType.IntType(32), "1"),
                        new Widening(new DataType.TextType(), "not a number", new DataType.IntType(64), "42"),
                        new Widening(new DataType.IntType(64), "42", new DataType.TextType(), "not a number"),
                        new Widening(
                                new DataType.TimestampType(6, true),
                                "2024-01-01T00:00:00.000001Z",
                                new DataType.DateType(),
                                "2024-02-29"),
                        new Widening(new DataType.BoolType(), "true", new DataType.TextType(), "maybe"),
                        new Widening(new DataType.JsonType(), "{\"a\":1}", new DataType.TextType(), "no json"))
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> {
                    for (WriteMode mode : keepingModes()) {
                        changes(mode, each, false);
                    }
                }));
    }

    private void changes(WriteMode mode, Widening each, boolean must) {
        Schema narrow = Schema.of(ID, new Field("value", each.from()));
        Schema wide = Schema.of(ID, new Field("value", each.to()));
        Destination destination = open();
        TargetSpec spec = target(narrow, mode);
        write(
                destination,
                spec,
                BatchMaker.of(narrow).row(1, each.old()).row(2, null).build());
        TargetSpec next = withSchema(run(spec, 1, 2), wide);
        try {
            destination.plan(next);
            write(
                    destination,
                    next,
                    BatchMaker.of(wide).row(3, each.fresh()).row(4, null).build());
        } catch (ProblemException refused) {
            assertThat(must).as("refused: " + refused.problem()).isFalse();
            SourceTests.assertClear(each.toString(), refused.problem());
            assertContent("what was there", destination, spec, List.of(Row.of("1", each.old()), Row.of("2", null)));
            return;
        }
        assertKept(destination, next, each);
    }

    private void assertKept(Destination destination, TargetSpec next, Widening each) {
        if (!gaps().has(DestinationTrait.READ_BACK)) {
            return;
        }
        TargetPlan plan = destination.plan(next);
        String column = plan.columns().get(1).column();
        String id = plan.columns().getFirst().column();
        TargetContent content = fixture().read(plan).orElseThrow();
        assertThat(content.rows()).hasSize(4);
        for (Map<String, @Nullable String> row : content.rows()) {
            String stored = row.get(column);
            switch (String.valueOf(row.get(id))) {
                case "1" -> assertMeans(each.from(), each.old(), stored);
                case "3" -> assertMeans(each.to(), each.fresh(), stored);
                default -> assertThat(stored).isNull();
            }
        }
    }

    private static void assertMeans(DataType type, String expected, @Nullable String stored) {
        assertThat(stored).as(type.notation() + " " + expected).isNotNull();
        assertThat(stored != null && Meaning.same(type, expected, stored))
                .as(type.notation() + " " + expected + " is stored as " + stored)
                .isTrue();
    }

    @Test
    final void fieldsChangeInTheMiddleOfAnInterruptedRun() {
        gaps().need(DestinationTrait.LEDGER, DestinationTrait.NEW_COLUMNS);
        for (WriteMode mode : keepingModes()) {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, mode);
            try (TargetRun run = TargetRun.open(destination, spec)) {
                run.commit("only", "2", batch(1, 2));
            }
            TargetSpec next = withSchema(spec, WITH_EXTRA);
            try (TargetRun run =
                    TargetRun.goOn(destination, next, ledger(destination, next).splits())) {
                run.split("only", BatchMaker.of(WITH_EXTRA).row(3, "three", "x").build())
                        .publish(END);
            }
            assertContent(
                    "rows before and after the change",
                    destination,
                    next,
                    List.of(Row.of("1", "name 1", null), Row.of("2", "name 2", null), Row.of("3", "three", "x")));
        }
    }

    @Test
    final void aTargetMayHaveVeryManyFields() throws Exception {
        gaps().expect(DestinationTrait.WIDE_TARGETS, () -> {
            OptionalInt most = fixture().mostFields();
            writesFields(most.orElse(1_600));
            if (most.isPresent()) {
                Destination destination = open();
                TargetSpec spec = target(fields(most.getAsInt() + 1), firstMode());
                var problem = SourceTests.problemOf("a target with one field too many", () -> {
                    destination.plan(spec);
                    destination.open(spec).close();
                });
                assertThat(problem + "").as("the problem names the limit").containsPattern("\\d{2,}");
            }
        });
    }

    private static Schema fields(int count) {
        List<Field> fields = new ArrayList<>(List.of(ID));
        IntStream.range(1, count).forEach(i -> fields.add(new Field("field_" + i, new DataType.TextType())));
        return new Schema(fields);
    }

    private void writesFields(int count) {
        Schema schema = fields(count);
        List<@Nullable String> values = new ArrayList<>(List.of("1"));
        IntStream.range(1, count).forEach(i -> values.add(i % 7 == 0 ? null : "v" + i % 100));
        Destination destination = open();
        TargetSpec spec = target(schema, firstMode());
        write(destination, spec, BatchMaker.batch(schema, List.of(Row.of(values))));
        assertContent("a wide row", destination, spec, List.of(Row.of(values)));
    }
}
