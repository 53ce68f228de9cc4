package dev.sluice.testkit.rows;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes random schemas and rows. Two generators with one seed make the same, so a failing test names its seed. For one
 * thread.
 */
public final class RandomData {
    private static final int ALPHABET = 0x250;

    private final SplittableRandom random;

    /** A generator that makes the same for the same seed. */
    public RandomData(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * A schema whose first field is {@code id}, a 64-bit integer.
     *
     * @param fields how many fields follow it
     * @param types the types to choose from
     */
    public Schema schema(int fields, List<DataType> types) {
        List<Field> made = new ArrayList<>();
        made.add(new Field("id", new DataType.IntType(64)));
        for (int i = 1; i <= fields; i++) {
            made.add(new Field("field_" + i, types.get(random.nextInt(types.size()))));
        }
        return new Schema(made);
    }

    /**
     * Rows with random values, one in ten of them null; the first field counts from {@code firstId}.
     *
     * @param schema a schema as {@link #schema} makes it
     */
    public List<Row> rows(Schema schema, long firstId, int count) {
        List<Row> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            List<@Nullable String> values = new ArrayList<>(schema.size());
            values.add(Long.toString(firstId + i));
            for (int field = 1; field < schema.size(); field++) {
                values.add(
                        random.nextInt(10) == 0
                                ? null
                                : value(schema.field(field).type()));
            }
            rows.add(Row.of(values));
        }
        return rows;
    }

    /** A random value of a type as canonical text; one in four is a sample out of {@link TypeSamples}. */
    public String value(DataType type) {
        if (random.nextInt(4) == 0) {
            List<String> samples = TypeSamples.of(type);
            return samples.get(random.nextInt(samples.size()));
        }
        return Values.canonical(type, plain(type));
    }

    private String plain(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> Boolean.toString(random.nextBoolean());
            case DataType.IntType(int bits) -> Long.toString(random.nextLong() >> (64 - bits));
            case DataType.DecimalType decimal -> decimal(decimal);
            case DataType.FloatType(int bits) ->
                bits == 32
                        ? Float.toString(Float.intBitsToFloat(random.nextInt()))
                        : Double.toString(Double.longBitsToDouble(random.nextLong()));
            case DataType.TextType ignored -> text();
            case DataType.BinaryType ignored -> binary();
            case DataType.UuidType ignored -> new UUID(random.nextLong(), random.nextLong()).toString();
            case DataType.DateType ignored -> date().toString();
            case DataType.TimeType time -> time(time);
            case DataType.TimestampType timestamp -> timestamp(timestamp);
            case DataType.JsonType ignored -> json(3);
            case DataType.ArrayType(DataType element) ->
                element instanceof DataType.IntType
                        ? "[" + random.nextLong() + "," + random.nextInt() + "]"
                        : "[[" + quoted(text()) + "],[]]";
            case DataType.ObjectType ignored -> "{\"a\":" + random.nextInt() + ",\"b\":" + quoted(text()) + "}";
            case DataType.UnknownType ignored -> text();
        };
    }

    private String decimal(DataType.DecimalType type) {
        int digits = type.isUnconstrained() ? 60 : type.precision();
        StringBuilder unscaled = new StringBuilder(random.nextBoolean() ? "-" : "");
        for (int left = 1 + random.nextInt(digits); left > 0; left--) {
            unscaled.append(random.nextInt(10));
        }
        int scale = type.isUnconstrained() ? random.nextInt(30) : type.scale();
        return new BigDecimal(new BigInteger(unscaled.toString()), scale).toPlainString();
    }

    /** Letters, marks and punctuation of Latin and beyond, now and then an emoji. */
    private String text() {
        StringBuilder out = new StringBuilder();
        for (int left = random.nextInt(40); left > 0; left--) {
            out.appendCodePoint(
                    random.nextInt(20) == 0 ? 0x1F600 + random.nextInt(64) : 0x20 + random.nextInt(ALPHABET));
        }
        return out.toString();
    }

    private String binary() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private LocalDate date() {
        return LocalDate.ofEpochDay(random.nextLong(-700_000, 2_900_000));
    }

    private LocalTime localTime(int precision) {
        long unit = BigInteger.TEN.pow(9 - precision).longValueExact();
        return LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L) / unit * unit);
    }

    private String time(DataType.TimeType type) {
        String local = localTime(type.precision()).toString();
        return type.zoned()
                ? local
                        + ZoneOffset.ofTotalSeconds(random.nextInt(-12, 13) * 3600)
                                .getId()
                : local;
    }

    private String timestamp(DataType.TimestampType type) {
        LocalDateTime local = date().atTime(localTime(type.precision()));
        return local + (type.zoned() ? "Z" : "");
    }

    private String json(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> "null";
            case 1 -> Boolean.toString(random.nextBoolean());
            case 2 -> Long.toString(random.nextLong());
            case 3 -> quoted(text());
            case 4 -> "[" + json(depth - 1) + ", " + json(depth - 1) + "]";
            default -> "{\"k\":" + json(depth - 1) + "}";
        };
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
