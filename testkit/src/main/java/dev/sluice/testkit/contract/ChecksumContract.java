package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.source.ChecksumForm;
import dev.sluice.spi.source.ChecksumRead;
import dev.sluice.spi.source.ChecksumTask;
import dev.sluice.spi.source.Checksums;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.rows.ChecksumOracle;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.TypeSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract of sources whose database counts and sums rows by itself, see {@link Source#checksums}: what it says is what
 * the definition says of the same rows, and two values never look the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ChecksumContract {
    private static final List<DataType> TYPES = TypeSamples.types();

    private @Nullable SourceFixture fixture;

    /** Makes the fixture; called once, before the first test. */
    protected abstract SourceFixture fixture() throws Exception;

    /** The forms that the database cannot write. */
    protected abstract Set<ChecksumForm> lacks();

    @BeforeAll
    final void openFixture() throws Exception {
        fixture = fixture();
    }

    @AfterAll
    final void closeFixture() {
        if (fixture != null) {
            fixture.close();
        }
    }

    private SourceFixture opened() {
        if (fixture == null) {
            throw new IllegalStateException("the fixture was not made");
        }
        return fixture;
    }

    @TestFactory
    final Stream<DynamicTest> valuesOfEachTypeAreWrittenAsTheirFormSays() {
        return TYPES.stream()
                .filter(type -> form(type).isPresent()
                        && TypeSamples.of(type).stream().anyMatch(text -> opened().stores(type, text)))
                .map(type -> DynamicTest.dynamicTest(type.notation(), () -> sums(type)));
    }

    private void sums(DataType type) {
        ChecksumForm form = form(type).orElseThrow();
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(id(0), null));
        for (String text : TypeSamples.of(type)) {
            if (opened().stores(type, text)) {
                rows.add(Row.of(id(rows.size()), text));
            }
        }
        List<DataType> types = List.of(opened().keyType(), type);
        SourceTable table = table(types, rows);
        ChecksumRead read = read(table, types, form, digits(type));
        if (lacks().contains(form)) {
            assertThat(asked(read))
                    .as("it is declared that it cannot write " + form)
                    .isEmpty();
            return;
        }
        Checksums sums = sums(read);
        assertThat(sums.rows()).isEqualTo(rows.size());
        List<Row> certain = rows.stream()
                .filter(row -> row.value(1) == null
                        || ChecksumOracle.text(read.columns().get(1), type, row.text(1))
                                .isPresent())
                .toList();
        List<Checksums.Group> others = new ArrayList<>(sums.groups());
        others.removeAll(ChecksumOracle.of(read, types, certain).groups());
        assertThat(others)
                .as("groups that are not as the definition says, beside those of values that are left to the database")
                .hasSize(rows.size() - certain.size());
        // The key is no part of the sum here, so rows with equal sums would be values that look the same.
        Checksums values =
                sums(new ChecksumRead(read.stream(), List.of(read.columns().get(1)), List.of(0)));
        assertThat(values.groups()).as("each value has a hash of its own").hasSize(distinct(type, rows));
    }

    /** The zeros of floating point numbers are one value. */
    private static int distinct(DataType type, List<Row> rows) {
        return type instanceof DataType.FloatType ? rows.size() - 1 : rows.size();
    }

    @Test
    final void theOrderOfRowsDoesNotMatterAndEachRowCounts() {
        List<DataType> types = List.of(opened().keyType(), new DataType.TextType());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            rows.add(Row.of(id(i), i % 7 == 0 ? null : "name " + i));
        }
        Checksums all = sums(read(table(types, rows), types, ChecksumForm.TEXT, 0));
        Checksums turned = sums(read(table(types, rows.reversed()), types, ChecksumForm.TEXT, 0));
        Checksums changed = sums(read(
                table(
                        types,
                        rows.stream()
                                .map(row -> row.text(0).equals(id(3)) ? row.with(1, "x") : row)
                                .toList()),
                types,
                ChecksumForm.TEXT,
                0));

        assertThat(turned).isEqualTo(all);
        assertThat(changed).isNotEqualTo(all);
        assertThat(changed.rows()).isEqualTo(all.rows()).isEqualTo(500);
    }

    @Test
    final void aTableWithoutRowsHasNoGroups() {
        List<DataType> types = List.of(opened().keyType(), new DataType.TextType());

        assertThat(sums(read(table(types, List.of()), types, ChecksumForm.TEXT, 0))
                        .groups())
                .isEmpty();
    }

    private Checksums sums(ChecksumRead read) {
        return asked(read).orElseThrow(() -> new AssertionError("the database says that it cannot sum " + read));
    }

    /** What the database says; empty if it cannot. */
    private Optional<Checksums> asked(ChecksumRead read) {
        try (Source source = opened().open(new TestContext());
                ChecksumTask task = source.checksums(read)) {
            return Optional.ofNullable(task == null ? null : task.run());
        }
    }

    private String id(int number) {
        return StandardTable.number(opened().keyType(), number);
    }

    private SourceTable table(List<DataType> types, List<Row> rows) {
        Schema schema = Schema.of(new Field("id", types.getFirst()), new Field("value", types.get(1)));
        SourceTable table =
                opened().create(new TableSpec(null, StandardTable.freshName(), schema, List.of("id"), null));
        try (SourceTable.Edit edit = table.begin()) {
            edit.insert(rows);
            edit.commit();
        }
        return table;
    }

    private static ChecksumRead read(SourceTable table, List<DataType> types, ChecksumForm form, int digits) {
        ChecksumForm ofKey = form(types.getFirst()).orElseThrow();
        return new ChecksumRead(
                table.id(),
                List.of(new ChecksumRead.Column("id", ofKey, 0), new ChecksumRead.Column("value", form, digits)),
                List.of(0));
    }

    private static int digits(DataType type) {
        return switch (type) {
            case DataType.TimeType(int precision, boolean zoned) -> precision;
            case DataType.TimestampType(int precision, boolean zoned) -> precision;
            default -> 0;
        };
    }

    /** The form of a type; empty if values of it are not summed, or by a form that leaves everything to the database. */
    private static Optional<ChecksumForm> form(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> Optional.of(ChecksumForm.TRUTH);
            case DataType.IntType ignored -> Optional.of(ChecksumForm.NUMBER);
            case DataType.DecimalType ignored -> Optional.of(ChecksumForm.NUMBER);
            case DataType.FloatType(int bits) -> Optional.of(bits == 32 ? ChecksumForm.SINGLE : ChecksumForm.DOUBLE);
            case DataType.TextType ignored -> Optional.of(ChecksumForm.TEXT);
            case DataType.BinaryType ignored -> Optional.of(ChecksumForm.HEX);
            case DataType.UuidType ignored -> Optional.of(ChecksumForm.UUID);
            case DataType.DateType ignored -> Optional.of(ChecksumForm.DATE);
            case DataType.TimeType time ->
                time.zoned() || time.precision() > 6 ? Optional.empty() : Optional.of(ChecksumForm.TIME);
            case DataType.TimestampType moment ->
                moment.precision() > 6 ? Optional.empty() : Optional.of(ChecksumForm.MOMENT);
            case DataType.JsonType ignored -> Optional.empty();
            case DataType.ArrayType ignored -> Optional.empty();
            case DataType.ObjectType ignored -> Optional.empty();
            case DataType.UnknownType ignored -> Optional.empty();
        };
    }
}
