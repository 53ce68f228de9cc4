package dev.sluice.testkit.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("id", new DataType.IntType(64)), new Field("name", new DataType.TextType()));

    @Test
    void whatIsPutIntoABatchComesOutOfIt() {
        RecordBatch batch = BatchMaker.of(SCHEMA)
                .row(1, "one")
                .row(2, null)
                .row(Operation.UPDATE, 3, Values.UNCHANGED)
                .change("name", ValueChange.Change.NULLED, ValueChange.Reason.SOURCE_RETRIEVAL_ERROR)
                .row(Operation.DELETE, 4, "")
                .extractedAt(5)
                .build();

        assertThat(Rows.of(batch))
                .containsExactly(
                        Row.of("1", "one"),
                        Row.of("2", null),
                        new Row(Operation.UPDATE, Arrays.asList("3", null), Set.of(1)),
                        Row.of("4", "").as(Operation.DELETE));
        assertThat(batch.extractedAt()).isEqualTo(5);
        assertThat(batch.changes())
                .containsExactly(new ValueChange(
                        2, "name", ValueChange.Change.NULLED, ValueChange.Reason.SOURCE_RETRIEVAL_ERROR));
        assertThat(Rows.of(BatchMaker.batch(SCHEMA, Rows.of(batch)))).isEqualTo(Rows.of(batch));
    }

    @Test
    void aRowNeedsAValueForEachField() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchMaker.of(SCHEMA).row(1));
    }

    @Test
    void sameRowsInAnotherOrderAreTheSame() {
        List<Row> rows = List.of(Row.of("1", null), Row.of("2", "x"), Row.of("2", "x"));
        assertThatCode(() -> Rows.assertSame("rows", rows, rows.reversed())).doesNotThrowAnyException();
        assertThatCode(() -> Rows.assertSameSet("rows", rows, rows.subList(0, 2)))
                .doesNotThrowAnyException();
    }

    @Test
    void differencesAreListed() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Rows.assertSame(
                        "orders",
                        List.of(Row.of("1", null), Row.of("2")),
                        List.of(Row.of("1", ""), Row.of("2"), Row.of("2"))))
                .withMessageContaining("orders: 3 rows instead of 2")
                .withMessageContaining("missing: \n    (\"1\", null)")
                .withMessageContaining("too many: \n    (\"1\", \"\")\n    (\"2\")");
    }

    @Test
    void anEmptyTextIsNotNull() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Rows.assertSame("rows", List.of(Row.of("")), List.of(Row.of((String) null))));
    }

    @Test
    void theLastOfAKeyCountsAndRepeatsAreFound() {
        List<Row> rows = List.of(Row.of("1", "a"), Row.of("2", "b"), Row.of("1", "c"), Row.of("2", "b"));
        assertThat(Rows.lastByKey(rows, List.of(0)))
                .isEqualTo(Map.of(List.of("1"), Row.of("1", "c"), List.of("2"), Row.of("2", "b")));
        assertThat(Rows.repeated(rows)).isEqualTo(Map.of(Row.of("2", "b"), 2));
    }

    @Test
    void randomDataIsTheSameForTheSameSeed() {
        Schema schema = new RandomData(7).schema(60, TypeSamples.types());
        assertThat(new RandomData(7).schema(60, TypeSamples.types())).isEqualTo(schema);
        List<Row> rows = new RandomData(8).rows(schema, 100, 200);
        assertThat(new RandomData(8).rows(schema, 100, 200)).isEqualTo(rows);
        assertThat(new RandomData(9).rows(schema, 100, 200)).isNotEqualTo(rows);
        assertThat(Rows.of(BatchMaker.batch(schema, rows))).isEqualTo(rows);
        assertThat(rows).extracting(row -> row.text(0)).doesNotHaveDuplicates().startsWith("100", "101");
    }
}
