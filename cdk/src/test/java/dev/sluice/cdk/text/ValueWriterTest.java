package dev.sluice.cdk.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ValueWriterTest {
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    @Property
    void writesWholeNumbersCanonically(@ForAll long number) {
        check(new DataType.IntType(64), longs(number, Long.MIN_VALUE, Long.MAX_VALUE, 0, 99, 100));
        check(new DataType.IntType(32), ints((int) number, Integer.MIN_VALUE));
    }

    @Property
    void writesDecimalsCanonically(@ForAll long number, @ForAll @IntRange(max = 18) int scale) {
        long unscaled = number % 1_000_000_000_000_000_000L;
        check(new DataType.DecimalType(18, scale), longs(unscaled, DataType.DecimalType.NAN, 0, 5, -5));
        BigInteger big = BigInteger.valueOf(number).multiply(BigInteger.valueOf(987_654_321_987L));
        WideColumn.Builder wide = new WideColumn.Builder(4);
        wide.append(big.shiftRight(64).longValue(), big.longValue());
        wide.append(DataType.DecimalType.NAN, 0);
        wide.append(number >> 63, number);
        wide.append(-1, Long.MIN_VALUE);
        check(new DataType.DecimalType(38, scale), wide);
    }

    @Property(tries = 2000)
    void writesFloatsCanonically(
            @ForAll double number, @ForAll float small, @ForAll @IntRange(min = -99_999_999, max = 99_999_999) int n) {
        DoubleColumn.Builder doubles = new DoubleColumn.Builder(8);
        for (double each : new double[] {
            number, -0.0, 0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, n, n / 100.0, n / 1e7, n / 3.0
        }) {
            doubles.append(each);
        }
        check(new DataType.FloatType(64), doubles);
        DoubleColumn.Builder floats = new DoubleColumn.Builder(8);
        floats.append(small);
        floats.append((float) n / 100);
        check(new DataType.FloatType(32), floats);
    }

    @Property(tries = 2000)
    void readsBackEveryFloat(
            @ForAll double number, @ForAll float small, @ForAll @IntRange(min = -99_999_999, max = 99_999_999) int n) {
        for (double each : new double[] {number, n, n / 100.0, n / 1e7, -0.0, Double.POSITIVE_INFINITY, Double.NaN}) {
            ByteSink out = new ByteSink(4);
            FloatText.append(out, each);
            assertThat(FloatText.isFloat(out.bytes(), 0, out.size())).isTrue();
            assertThat(FloatText.parseDouble(out.bytes(), 0, out.size())).isEqualTo(Double.valueOf(each));
        }
        ByteSink out = new ByteSink(4);
        FloatText.append(out, small);
        assertThat(FloatText.parseFloat(out.bytes(), 0, out.size())).isEqualTo(Float.valueOf(small));
    }

    @Property
    void writesDatesAndTimesCanonically(@ForAll int days, @ForAll long any) {
        check(new DataType.DateType(), ints(days, Integer.MAX_VALUE, Integer.MIN_VALUE, 0, -719_529));
        long nanos = Math.floorMod(any, NANOS_PER_DAY + 1);
        check(new DataType.TimeType(9, false), longs(nanos, 0, NANOS_PER_DAY, nanos / 1_000_000_000 * 1_000_000_000));
        WideColumn.Builder zoned = new WideColumn.Builder(4);
        zoned.append(nanos, any % 64_800);
        zoned.append(nanos, 0);
        zoned.append(nanos, any % 18 * 3600);
        check(new DataType.TimeType(9, true), zoned);
        check(
                new DataType.TimestampType(6, true),
                longs(any, Long.MAX_VALUE, Long.MIN_VALUE, 0, -1, any / 1_000_000 * 1_000_000));
        WideColumn.Builder fine = new WideColumn.Builder(4);
        fine.append(any, Math.floorMod(any, 1000));
        fine.append(any, 0);
        check(new DataType.TimestampType(9, false), fine);
    }

    @Property
    void writesUuidsAndBytesCanonically(@ForAll long high, @ForAll long low, @ForAll byte[] data) {
        WideColumn.Builder uuids = new WideColumn.Builder(1);
        uuids.append(high, low);
        check(new DataType.UuidType(), uuids);
        BytesColumn.Builder bytes = new BytesColumn.Builder(1);
        bytes.append(data);
        check(new DataType.BinaryType(), bytes);
    }

    @Test
    void writesTruthAndTextCanonically() {
        BoolColumn.Builder bools = new BoolColumn.Builder(2);
        bools.append(true);
        bools.append(false);
        check(new DataType.BoolType(), bools);
        DataType text = new DataType.TextType();
        for (DataType type : List.of(
                text,
                new DataType.JsonType(),
                new DataType.ArrayType(text),
                new DataType.ObjectType(List.of()),
                new DataType.UnknownType("x"),
                DataType.DecimalType.unconstrained())) {
            BytesColumn.Builder bytes = new BytesColumn.Builder(2);
            bytes.append("1.50");
            bytes.append("");
            check(type, bytes);
        }
    }

    @Property
    void readsBackEveryUuid(@ForAll long high, @ForAll long low) {
        ByteSink out = new ByteSink(4);
        out.put('x');
        Uuids.append(out, high, low);
        assertThat(Uuids.isUuid(out.bytes(), 1, out.size())).isTrue();
        assertThat(Uuids.high(out.bytes(), 1)).isEqualTo(high);
        assertThat(Uuids.low(out.bytes(), 1)).isEqualTo(low);
    }

    @Test
    void refusesWhatIsNoUuid() {
        for (String text : List.of(
                "",
                "d5fe8ac3-f62a-4a75-b3b6-c2f3a1ed6b6",
                "d5fe8ac3-f62a-4a75-b3b6-c2f3a1ed6b6g",
                "d5fe8ac3f62a-4a75-b3b6-c2f3a1ed6b6aa",
                "d5fe8ac3-f62a-4a75-b3b6-c2f3-1ed6b6a",
                "{5fe8ac3-f62a-4a75-b3b6-c2f3a1ed6b6}")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThat(Uuids.isUuid(bytes, 0, bytes.length)).as(text).isFalse();
        }
        byte[] upper = "D5FE8AC3-F62A-4A75-B3B6-C2F3A1ED6B6A".getBytes(StandardCharsets.UTF_8);
        assertThat(Uuids.isUuid(upper, 0, 36)).isTrue();
    }

    private static void check(DataType type, ColumnBuilder builder) {
        Column column = builder.build();
        ValueWriter writer = ValueWriter.of(type);
        for (int row = 0; row < column.size(); row++) {
            ByteSink out = new ByteSink(1);
            writer.write(column, row, out);
            assertThat(out.toString()).isEqualTo(ValueText.of(type, column, row).orElseThrow());
        }
    }

    private static LongColumn.Builder longs(long... values) {
        LongColumn.Builder builder = new LongColumn.Builder(values.length);
        for (long value : values) {
            builder.append(value);
        }
        return builder;
    }

    private static IntColumn.Builder ints(int... values) {
        IntColumn.Builder builder = new IntColumn.Builder(values.length);
        for (int value : values) {
            builder.append(value);
        }
        return builder;
    }
}
