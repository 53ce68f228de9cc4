package dev.sluice.testkit.rows;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The values of each type that are most likely to break something: extremes, special numbers, far years, odd characters.
 * All are canonical texts. Years stay inside what PostgreSQL and most databases know.
 */
public final class TypeSamples {
    private static final DataType TEXT = new DataType.TextType();
    private static final DataType JSON = new DataType.JsonType();
    private static final DataType ANY_OBJECT = new DataType.ObjectType(List.of());
    private static final DataType KNOWN_OBJECT = new DataType.ObjectType(
            List.of(new Field("a", new DataType.IntType(64)), new Field("b", new DataType.TextType())));

    private TypeSamples() {}

    /** Each kind of type, with the sizes at which something changes: the layout, the digits, the zone. */
    public static List<DataType> types() {
        List<DataType> types = new ArrayList<>(List.of(
                new DataType.BoolType(),
                new DataType.IntType(8),
                new DataType.IntType(16),
                new DataType.IntType(32),
                new DataType.IntType(64),
                new DataType.FloatType(32),
                new DataType.FloatType(64),
                TEXT,
                new DataType.BinaryType(),
                new DataType.UuidType(),
                new DataType.DateType(),
                JSON,
                new DataType.ArrayType(new DataType.IntType(64)),
                new DataType.ArrayType(new DataType.ArrayType(TEXT)),
                ANY_OBJECT,
                KNOWN_OBJECT,
                new DataType.UnknownType("geometry"),
                DataType.DecimalType.unconstrained()));
        int[][] decimals = {
            {1, 0},
            {5, 2},
            {9, 9},
            {18, 0},
            {18, 18},
            {19, 0},
            {19, 4},
            {38, 0},
            {38, 9},
            {38, 38},
            {39, 2},
            {1000, 500},
            {5, -2},
            {3, 5}
        };
        for (int[] size : decimals) {
            types.add(new DataType.DecimalType(size[0], size[1]));
        }
        for (int precision : new int[] {0, 3, 6, 9}) {
            types.add(new DataType.TimeType(precision, false));
            types.add(new DataType.TimeType(precision, true));
            types.add(new DataType.TimestampType(precision, false));
            types.add(new DataType.TimestampType(precision, true));
        }
        return List.copyOf(types);
    }

    /** The interesting values of a type; nulls are not among them. */
    public static List<String> of(DataType type) {
        List<String> texts = switch (type) {
            case DataType.BoolType ignored -> List.of("true", "false");
            case DataType.IntType(int bits) -> integers(bits);
            case DataType.DecimalType decimal -> decimals(decimal);
            case DataType.FloatType(int bits) -> bits == 32 ? floats() : doubles();
            case DataType.TextType ignored -> texts();
            case DataType.BinaryType ignored -> binaries();
            case DataType.UuidType ignored ->
                List.of(
                        "00000000-0000-0000-0000-000000000000",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff",
                        "80000000-0000-0000-7fff-ffffffffffff",
                        "e86e8502-9b0a-c74c-605e-78735df31506",
                        "0191d0a2-7d1c-7cc3-9a3e-1b2c3d4e5f60");
            case DataType.DateType ignored -> dates();
            case DataType.TimeType time -> times(time);
            case DataType.TimestampType timestamp -> timestamps(timestamp);
            case DataType.JsonType ignored -> jsons();
            case DataType.ArrayType(DataType element) -> arrays(element);
            case DataType.ObjectType object -> objects(object);
            case DataType.UnknownType ignored ->
                List.of("", "POINT(1 2)", "(1,\"two, three\",)", "[1,5)", "'a' \\ \"b\"");
        };
        return texts.stream()
                .map(text -> Values.canonical(type, text))
                .distinct()
                .toList();
    }

    private static List<String> integers(int bits) {
        BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
        return List.of(
                half.negate().toString(),
                half.negate().add(BigInteger.ONE).toString(),
                "-1",
                "0",
                "1",
                "100",
                half.subtract(BigInteger.TWO).toString(),
                half.subtract(BigInteger.ONE).toString());
    }

    private static List<String> decimals(DataType.DecimalType type) {
        List<String> texts = new ArrayList<>(List.of("0", "NaN"));
        if (type.isUnconstrained()) {
            texts.addAll(List.of(
                    "Infinity",
                    "-Infinity",
                    "1.50",
                    "-0.000000000000000000000000000000000000000000000000001",
                    "1" + "0".repeat(400),
                    "123456789012345678901234567890.123456789012345678901234567890"));
            return texts;
        }
        BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        for (BigInteger unscaled : List.of(most, most.negate(), BigInteger.ONE, BigInteger.ONE.negate())) {
            texts.add(new java.math.BigDecimal(unscaled, type.scale()).toPlainString());
        }
        if (type.precision() >= 19 && type.precision() <= DataType.DecimalType.MAX_WIDE_PRECISION) {
            // Around the border between the two longs of a wide column.
            for (long shift : new long[] {63, 64}) {
                BigInteger border = BigInteger.ONE.shiftLeft((int) shift);
                if (border.compareTo(most) < 0) {
                    texts.add(new java.math.BigDecimal(border, type.scale()).toPlainString());
                    texts.add(new java.math.BigDecimal(border.negate(), type.scale()).toPlainString());
                }
            }
        }
        return texts;
    }

    private static List<String> floats() {
        return List.of(
                "0.0",
                "-0.0",
                "1.0",
                "-1.5",
                "0.1",
                "1.6777216E7",
                Float.toString(Float.MAX_VALUE),
                Float.toString(-Float.MAX_VALUE),
                Float.toString(Float.MIN_NORMAL),
                Float.toString(Float.MIN_VALUE),
                "NaN",
                "Infinity",
                "-Infinity");
    }

    private static List<String> doubles() {
        return List.of(
                "0.0",
                "-0.0",
                "1.0",
                "-1.5",
                "0.1",
                "0.30000000000000004",
                "9.007199254740993E15",
                "1.0E308",
                Double.toString(Double.MAX_VALUE),
                Double.toString(-Double.MAX_VALUE),
                Double.toString(Double.MIN_NORMAL),
                Double.toString(Double.MIN_VALUE),
                "NaN",
                "Infinity",
                "-Infinity");
    }

    private static List<String> texts() {
        return List.of(
                "",
                " ",
                "null",
                "NULL",
                "\\N",
                "twelve bytes",
                "thirteen byte",
                "\u0000",
                "a\u0000b",
                "tab\tnewline\nreturn\rbell\u0007",
                "quote\" apostrophe' backslash\\ slash/ comma, semicolon;",
                "Grüße, Ελλάδα, Здравствуй",
                "emoji \uD83D\uDE80 family \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "\u0627\u0644\u0639\u0631\u0628\u064A\u0629 right to left \u202E mirrored",
                "\uFEFFbyte order mark",
                "zero\u200Bwidth",
                "e\u0301 is not \u00E9",
                "\uFFFF\uDBFF\uDFFF",
                "'; DROP TABLE users; --",
                "=1+1",
                "2024-01-01",
                "long ".repeat(20_000));
    }

    private static List<String> binaries() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        HexFormat hex = HexFormat.of();
        return List.of(
                "", "00", "ff", "5c78", hex.formatHex(all), hex.formatHex(all).repeat(300));
    }

    private static List<String> dates() {
        return List.of(
                "1970-01-01",
                "1969-12-31",
                "2000-02-29",
                "1900-03-01",
                "1582-10-10",
                "0001-01-01",
                "0000-12-31",
                "-0043-03-15",
                "-4712-01-01",
                "9999-12-31",
                "+10000-01-01",
                "+99999-12-31",
                "infinity",
                "-infinity");
    }

    private static List<String> times(DataType.TimeType type) {
        String finest = type.precision() == 0 ? "" : "." + "9".repeat(type.precision());
        List<String> locals = List.of("00:00:00", "12:34:56", "23:59:59" + finest, "24:00:00");
        if (!type.zoned()) {
            return locals;
        }
        List<String> zoned = new ArrayList<>();
        for (String zone : List.of("Z", "+05:45", "-12:00", "+14:00", "-00:30", "+01:02:03")) {
            locals.forEach(local -> zoned.add(local + zone));
        }
        return zoned;
    }

    private static List<String> timestamps(DataType.TimestampType type) {
        String finest = type.precision() == 0 ? "" : "." + "9".repeat(type.precision());
        List<String> texts = new ArrayList<>(List.of("infinity", "-infinity"));
        for (String day : dates()) {
            if (!day.endsWith("infinity")) {
                texts.add(day + "T00:00:00" + (type.zoned() ? "Z" : ""));
                texts.add(day + "T23:59:59" + finest + (type.zoned() ? "Z" : ""));
            }
        }
        // In the gap and in the overlap of daylight saving in Europe, and at a leap second.
        for (String moment : List.of("2024-03-31T01:30:00", "2024-10-27T01:30:00", "2016-12-31T23:59:59")) {
            texts.add(moment + (type.zoned() ? "Z" : ""));
        }
        return texts;
    }

    private static List<String> jsons() {
        return List.of(
                "null",
                "true",
                "\"\"",
                "[]",
                "{}",
                "{ \"b\" : 1,\n \"a\" : [ 2 , null ] }",
                "{\"same\":1,\"same\":2}",
                "12345678901234567890123456789.012345678901234567890",
                "1e400",
                "-0",
                "1.10",
                "\"\\u0041 \\\" \\\\ \\/ \\n \\ud83d\\ude80\"",
                "{\"\":{\" \":\"\uD83D\uDE80\"}}",
                "[".repeat(500) + "]".repeat(500),
                "\"" + "long ".repeat(20_000) + "\"");
    }

    private static List<String> arrays(DataType element) {
        if (element instanceof DataType.IntType) {
            return List.of("[]", "[1]", "[1,null,-9223372036854775808]", "[null]");
        }
        return List.of("[]", "[[]]", "[[\"a\",\"b, c\"],[null,\"\\\"\"]]", "[null]");
    }

    private static List<String> objects(DataType.ObjectType type) {
        return type.fields().isEmpty()
                ? List.of("{}", "{\"any\":{\"depth\":[1,{\"x\":null}]}}", "{\"z\":1,\"a\":2}")
                : List.of(
                        "{\"a\":1,\"b\":\"two\"}", "{\"a\":null,\"b\":null}", "{\"a\":9223372036854775807,\"b\":\"\"}");
    }
}
