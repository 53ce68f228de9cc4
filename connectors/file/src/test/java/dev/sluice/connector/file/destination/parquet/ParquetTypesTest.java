package dev.sluice.connector.file.destination.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.columns.FileColumn;
import dev.sluice.connector.file.destination.manifest.KnownColumn;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which types newer files may have in a column of older ones. */
class ParquetTypesTest {
    private static Optional<String> joined(String known, DataType type) {
        return ParquetTypes.INSTANCE.joined(known, type);
    }

    @Test
    void numbersBecomeAsWideAsNeeded() {
        assertThat(joined("INTEGER", new DataType.IntType(64))).contains("BIGINT");
        assertThat(joined("BIGINT", new DataType.IntType(16))).contains("BIGINT");
        assertThat(joined("BIGINT", new DecimalType(38, 0))).contains("DECIMAL(38,0)");
        assertThat(joined("BIGINT", new DecimalType(10, 4))).contains("DECIMAL(23,4)");
        assertThat(joined("DECIMAL(12,2)", new DecimalType(10, 5))).contains("DECIMAL(15,5)");
        assertThat(joined("DECIMAL(38,0)", new DecimalType(38, 10))).isEmpty();
        assertThat(joined("FLOAT", new DataType.FloatType(64))).contains("DOUBLE");
        assertThat(joined("DOUBLE", new DataType.FloatType(32))).contains("DOUBLE");
        assertThat(joined("DOUBLE", new DataType.IntType(64))).isEmpty();
    }

    @Test
    void saysWhichNumbersDoNotFit() {
        assertThat(ParquetTypes.INSTANCE.of(new DecimalType(12, 2)).note()).contains("NaN");
        assertThat(ParquetTypes.INSTANCE.of(new DataType.FloatType(64)).note()).isNull();
    }

    @Test
    void textTakesWhatIsWrittenTheSameWay() {
        assertThat(joined("VARCHAR", new DataType.IntType(32))).contains("VARCHAR");
        assertThat(joined("VARCHAR", new DataType.JsonType())).contains("VARCHAR");
        assertThat(joined("VARCHAR", new DataType.BinaryType())).isEmpty();
        assertThat(joined("VARCHAR", new DataType.TimestampType(6, true))).isEmpty();
        assertThat(joined("BIGINT", new DataType.TextType())).isEmpty();
        assertThat(joined("JSON", new DataType.TextType())).isEmpty();
    }

    @Test
    void timesMayBecomeFinerAndCoarser() {
        assertThat(joined("TIMESTAMP", new DataType.TimestampType(9, false))).contains("TIMESTAMP_NS");
        assertThat(joined("TIMESTAMP_NS", new DataType.TimestampType(6, false))).contains("TIMESTAMP");
        assertThat(joined("TIMESTAMP", new DataType.TimestampType(6, true))).isEmpty();
        assertThat(joined("DATE", new DataType.TimestampType(6, false))).isEmpty();
    }

    @Test
    void columnsThatAreThereKeepTheirPlaces() {
        List<KnownColumn> known = List.of(
                new KnownColumn("gone", "gone", "DATE"),
                new KnownColumn("b", "b", "INTEGER"),
                new KnownColumn("A", "A_1", "VARCHAR"));
        Schema schema = Schema.of(
                new Field("A", new DataType.TextType()),
                new Field("b", new DataType.IntType(64)),
                new Field("a_1", new DataType.BoolType()),
                new Field("_airbyte_meta", new DataType.BoolType()));
        ColumnLayout layout = ColumnLayout.extend(known, schema, ParquetTypes.INSTANCE, true, true);
        assertThat(layout.columns())
                .containsExactly(
                        new FileColumn("gone", "DATE", -1, "gone", null),
                        new FileColumn("b", "BIGINT", 1, "b", new DataType.IntType(64)),
                        new FileColumn("A_1", "VARCHAR", 0, "A", new DataType.TextType()),
                        new FileColumn("a_1_1", "BOOLEAN", 2, "a_1", new DataType.BoolType()),
                        new FileColumn("_airbyte_meta_1", "BOOLEAN", 3, "_airbyte_meta", new DataType.BoolType()));
        assertThat(layout.plans())
                .extracting(ColumnPlan::action)
                .containsExactly(
                        ColumnPlan.Action.KEEP, ColumnPlan.Action.WIDEN, ColumnPlan.Action.ADD, ColumnPlan.Action.ADD);
    }
}
