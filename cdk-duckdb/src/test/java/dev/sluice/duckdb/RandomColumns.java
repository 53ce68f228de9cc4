package dev.sluice.duckdb;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Layout;
import dev.sluice.spi.type.Schema;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Columns of random values of every type, in which the values at the edges are as frequent as the others. */
final class RandomColumns {
    static final List<DataType> ALL_TYPES = allTypes();

    private static final long NANOS_PER_DAY = 86_400_000_000_000L;
    private static final String[] TEXTS = {
        "",
        "a",
        "elf Zeichen",
        "zwölf Zeic",
        "twelve bytes",
        "thirteen byte",
        "\u0000",
        "a\u0000b\u0000",
        "Zażółć gęślą jaźń",
        "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00",
        "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00x",
        "quote ' \" \\ and\nline\r\n\ttab",
        "\uFEFFbom",
        "e\u0301",
        "x".repeat(5000)
    };
    private static final String[] JSONS = {
        "{}",
        "[]",
        "null",
        "1",
        "\"text\"",
        "{\"a\": [1, 2.50, null], \"a\": \"twice\"}",
        "[{\"k\":\"\\u0000\"}]",
        " {\"kept\" : true}\n"
    };
    private static final String[] BIG_DECIMALS = {
        "0", "-12.30", "NaN", "Infinity", "-Infinity", "9".repeat(60), "-0." + "0".repeat(45) + "1"
    };

    private final Random random;

    RandomColumns(long seed) {
        random = new Random(seed);
    }

    private static List<DataType> allTypes() {
        List<DataType> types = new ArrayList<>(List.of(
                new DataType.BoolType(),
                new DataType.IntType(8),
                new DataType.IntType(16),
                new DataType.IntType(32),
                new DataType.IntType(64),
                new DataType.FloatType(32),
                new DataType.FloatType(64),
                new DataType.TextType(),
                new DataType.BinaryType(),
                new DataType.UuidType(),
                new DataType.DateType(),
                new DataType.JsonType(),
                new DataType.ArrayType(new DataType.IntType(32)),
                new DataType.ObjectType(List.of()),
                new DataType.UnknownType("money"),
                DecimalType.unconstrained(),
                new DecimalType(50, 10),
                new DecimalType(5, -2)));
        for (int precision : new int[] {1, 4, 5, 9, 10, 18, 19, 38}) {
            types.add(new DecimalType(precision, 0));
            types.add(new DecimalType(precision, precision));
        }
        for (int precision : new int[] {0, 3, 6, 9}) {
            types.add(new DataType.TimeType(precision, false));
            types.add(new DataType.TimestampType(precision, false));
            types.add(new DataType.TimestampType(precision, true));
        }
        types.add(new DataType.TimeType(6, true));
        return types;
    }

    /** A schema of one field for each type, named {@code f0} and so on, behind the number of the row. */
    static Schema schema(List<DataType> types) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("row", new DataType.IntType(64)));
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field("f" + i, types.get(i)));
        }
        return new Schema(fields);
    }

    /** A batch of such a schema whose rows are numbered from a number on. */
    RecordBatch batch(Schema schema, int firstRow, int rows) {
        List<Column> columns = new ArrayList<>();
        LongColumn.Builder numbers = new LongColumn.Builder(rows);
        for (int i = 0; i < rows; i++) {
            numbers.append(firstRow + i);
        }
        columns.add(numbers.build());
        for (Field field : schema.fields().subList(1, schema.size())) {
            columns.add(column(field.type(), rows));
        }
        return RecordBatch.of(schema, rows, columns, 0);
    }

    Column column(DataType type, int rows) {
        ColumnBuilder builder = ColumnBuilder.of(type, Math.max(1, rows));
        for (int i = 0; i < rows; i++) {
            if (random.nextInt(5) == 0) {
                builder.appendNull();
            } else {
                append(type, builder);
            }
        }
        return builder.build();
    }

    private void append(DataType type, ColumnBuilder builder) {
        switch (type) {
            case DataType.BoolType ignored -> ((BoolColumn.Builder) builder).append(random.nextBoolean());
            case DataType.IntType(int bits) -> {
                long value = integer(bits);
                if (bits == 64) {
                    ((LongColumn.Builder) builder).append(value);
                } else {
                    ((IntColumn.Builder) builder).append((int) value);
                }
            }
            case DecimalType decimal -> decimal(decimal, builder);
            case DataType.FloatType(int bits) -> {
                double value = real();
                ((DoubleColumn.Builder) builder).append(bits == 32 ? (float) value : value);
            }
            case DataType.TextType ignored -> text(builder, oneOf(TEXTS));
            case DataType.UnknownType ignored -> text(builder, oneOf(TEXTS));
            case DataType.JsonType ignored -> text(builder, oneOf(JSONS));
            case DataType.ArrayType ignored -> text(builder, "[" + random.nextInt() + "]");
            case DataType.ObjectType ignored -> text(builder, "{\"n\":" + random.nextInt() + "}");
            case DataType.BinaryType ignored -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                ((BytesColumn.Builder) builder).append(bytes);
            }
            case DataType.UuidType ignored -> ((WideColumn.Builder) builder).append(integer(64), integer(64));
            case DataType.DateType ignored -> ((IntColumn.Builder) builder).append((int) integer(32));
            case DataType.TimeType time -> time(time, builder);
            case DataType.TimestampType timestamp -> timestamp(timestamp, builder);
        }
    }

    private static void text(ColumnBuilder builder, String text) {
        ((BytesColumn.Builder) builder).append(text);
    }

    private String oneOf(String[] texts) {
        return texts[random.nextInt(texts.length)];
    }

    private long integer(int bits) {
        long least = -1L << (bits - 1);
        return switch (random.nextInt(6)) {
            case 0 -> least;
            case 1 -> least + 1;
            case 2 -> -(least + 1);
            case 3 -> random.nextInt(3) - 1;
            default -> random.nextLong() >> (64 - bits);
        };
    }

    private double real() {
        double[] edges = {
            0.0,
            -0.0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Float.MIN_VALUE,
            Float.MAX_VALUE,
            0.1
        };
        return random.nextBoolean() ? edges[random.nextInt(edges.length)] : random.nextGaussian() * 1e6;
    }

    private void decimal(DecimalType type, ColumnBuilder builder) {
        if (type.layout() == Layout.BYTES) {
            text(builder, oneOf(BIG_DECIMALS));
            return;
        }
        BigInteger bound = BigInteger.TEN.pow(type.precision());
        BigInteger value = switch (random.nextInt(5)) {
            case 0 -> bound.subtract(BigInteger.ONE);
            case 1 -> bound.subtract(BigInteger.ONE).negate();
            case 2 -> BigInteger.ZERO;
            default -> new BigInteger(bound.bitLength() + 8, random).mod(bound);
        };
        boolean nan = random.nextInt(20) == 0;
        switch (builder) {
            case LongColumn.Builder narrow -> narrow.append(nan ? DecimalType.NAN : value.longValueExact());
            case WideColumn.Builder wide ->
                wide.append(nan ? DecimalType.NAN : value.shiftRight(64).longValueExact(), value.longValue());
            default -> throw new IllegalStateException("a decimal has no other layout");
        }
    }

    private void time(DataType.TimeType type, ColumnBuilder builder) {
        long unit = unit(type.precision());
        long nanos = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> NANOS_PER_DAY;
            case 2 -> NANOS_PER_DAY - unit;
            default -> random.nextLong(NANOS_PER_DAY / unit) * unit;
        };
        if (type.zoned()) {
            int[] offsets = {0, 57_599, -57_599, 20_700, -3_600, 57_600, -64_800};
            ((WideColumn.Builder) builder).append(nanos, offsets[random.nextInt(offsets.length)]);
        } else {
            ((LongColumn.Builder) builder).append(nanos);
        }
    }

    private void timestamp(DataType.TimestampType type, ColumnBuilder builder) {
        long[] edges = {
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            -62_135_596_800_000_000L, // year 1
            -62_167_219_200_000_001L, // before year 0
            TimeRanges.FIRST_MICRO,
            TimeRanges.FIRST_MICRO - 1_000_000,
            Long.MAX_VALUE - 1,
            253_402_300_800_000_000L, // year 10000
            TimeRanges.FIRST_NANO / 1000,
            TimeRanges.FIRST_NANO / 1000 - 1,
            Long.MAX_VALUE / 1000,
            Long.MAX_VALUE / 1000 + 1,
            0,
            -1
        };
        long unit = Math.max(1, unit(type.precision()) / 1000);
        long micros = random.nextBoolean()
                ? edges[random.nextInt(edges.length)]
                : random.nextLong(4_000_000_000_000_000L) - 1_000_000_000_000_000L;
        boolean finite = micros != Long.MAX_VALUE && micros != Long.MIN_VALUE;
        long value = finite ? micros / unit * unit : micros;
        if (type.precision() > 6) {
            ((WideColumn.Builder) builder).append(value, finite ? random.nextInt(1000) : 0);
        } else {
            ((LongColumn.Builder) builder).append(value);
        }
    }

    /** The nanoseconds of the last digit. */
    private static long unit(int precision) {
        long unit = 1_000_000_000;
        for (int i = 0; i < precision; i++) {
            unit /= 10;
        }
        return unit;
    }
}
