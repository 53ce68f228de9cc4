package dev.sluice.connector.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import org.junit.jupiter.api.Test;

/** A value is written only into columns that hold all values of its type. */
final class EncodingsTest {
    @Test
    void takesSpelledTypesApart() {
        assertThat(ColumnTypeName.parse("numeric(12,2)")).isEqualTo(new ColumnTypeName("numeric", 12, 2));
        assertThat(ColumnTypeName.parse("numeric(5,-2)")).isEqualTo(new ColumnTypeName("numeric", 5, -2));
        assertThat(ColumnTypeName.parse("character varying")).isEqualTo(new ColumnTypeName("character varying", -1, 0));
        assertThat(ColumnTypeName.parse("character varying(80)"))
                .isEqualTo(new ColumnTypeName("character varying", 80, 0));
        assertThat(ColumnTypeName.parse("timestamp(3) with time zone"))
                .isEqualTo(new ColumnTypeName("timestamp with time zone", 3, 0));
        assertThat(ColumnTypeName.parse("time without time zone"))
                .isEqualTo(new ColumnTypeName("time without time zone", -1, 0));
    }

    @Test
    void integersNeedColumnsAsWideAsThey() {
        assertThat(can(new DataType.IntType(16), "smallint")).isTrue();
        assertThat(can(new DataType.IntType(32), "smallint")).isFalse();
        assertThat(can(new DataType.IntType(32), "bigint")).isTrue();
        assertThat(can(new DataType.IntType(64), "integer")).isFalse();
        assertThat(can(new DataType.IntType(64), "numeric(38,9)")).isTrue();
        assertThat(can(new DataType.IntType(64), "numeric(18,0)")).isFalse();
    }

    @Test
    void decimalsNeedDigitsOnBothSidesOfThePoint() {
        assertThat(can(new DecimalType(12, 2), "numeric(38,9)")).isTrue();
        assertThat(can(new DecimalType(38, 10), "numeric(38,9)")).isFalse();
        assertThat(can(new DecimalType(31, 1), "numeric(38,9)")).isFalse();
        assertThat(can(new DecimalType(1000, 500), "numeric")).isTrue();
        assertThat(can(DecimalType.unconstrained(), "numeric(38,9)")).isFalse();
    }

    @Test
    void timesNeedAsManyFractionalDigitsAsTheServerCanKeep() {
        assertThat(can(new DataType.TimestampType(6, true), "timestamp with time zone"))
                .isTrue();
        assertThat(can(new DataType.TimestampType(6, true), "timestamp(3) with time zone"))
                .isFalse();
        assertThat(can(new DataType.TimestampType(3, true), "timestamp(3) with time zone"))
                .isTrue();
        assertThat(can(new DataType.TimestampType(6, true), "timestamp without time zone"))
                .isFalse();
    }

    @Test
    void textWithoutALimitHoldsEverythingButBytes() {
        assertThat(can(new DataType.UuidType(), "character varying")).isTrue();
        assertThat(can(new DataType.TextType(), "text")).isTrue();
        assertThat(can(new DataType.TextType(), "character varying(80)")).isFalse();
        assertThat(can(new DataType.TextType(), "jsonb")).isFalse();
        assertThat(can(new DataType.BinaryType(), "text"))
                .as("nobody could tell 61 for a byte from the text 61")
                .isFalse();
        assertThat(can(new DataType.BinaryType(), "bytea")).isTrue();
    }

    private static boolean can(DataType type, String column) {
        return Encodings.canWrite(type, ColumnTypeName.parse(column));
    }
}
