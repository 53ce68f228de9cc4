package dev.sluice.connector.sample.content;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The values of each type that break things. They are such as ordinary systems can hold: no NUL characters, no years
 * beyond four digits, no infinite dates, no decimal that is not a number.
 */
final class HardValues {
    private static final int NULL_ONE_IN = 5;
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final WordList TEXTS = WordList.of(
            "",
            " ",
            "  padded  ",
            "null",
            "NULL",
            "\\N",
            "N/A",
            "true",
            "0",
            "007",
            "-",
            "1e5",
            "2024-02-30",
            "\"",
            "\"\"",
            "'",
            "''",
            "O'Brien said \"hello, world\"",
            "back\\slash",
            "\\.",
            "a,b;c|d\te",
            "line\nfeed",
            "carriage\r\nreturn",
            "=1+1",
            "# no comment",
            "'; DROP TABLE users; --",
            "{}",
            "[",
            "<b>&amp;</b>",
            "%s %d ${HOME} {{ x }}",
            "\u0001\u001F\u007F",
            "Grüße, Ελλάδα, Здравствуй",
            "日本語 한국어 中文",
            "العربية \u202Eright to left",
            "e\u0301 is not \u00E9",
            "İıſß",
            "emoji 🚀 family 👨\u200D👩\u200D👧",
            "\uFEFFbyte order mark",
            "zero\u200Bwidth no\u00A0break",
            "\uFFFD \uFFFF \uDBFF\uDFFF",
            "long ".repeat(1000));

    private static final WordList JSONS = WordList.of(
            "null",
            "true",
            "\"\"",
            "\"null\"",
            "[]",
            "{}",
            "[[[[[[[[]]]]]]]]",
            "{ \"b\" : 1,\n \"a\" : [ 2 , null ] }",
            "12345678901234567890123456789.012345678901234567890",
            "-0",
            "1.10",
            "\"\\u0041 \\\" \\\\ \\/ \\n \\ud83d\\ude80\"",
            "{\"\":{\" \":\"🚀\"}}");

    private static final WordList TEXT_ARRAYS = WordList.of(
            "[]",
            "[null]",
            "[\"\"]",
            "[\"null\",null]",
            "[\"a\",\"b, c\",\"\\\"\",\"{}\"]",
            "[\"\\\\\",\"🚀\",\"\\n\"]");

    private static final WordList OBJECTS = WordList.of(
            "{}",
            "{\"street_number\":null,\"street_name\":null,\"city\":null,\"state\":null,\"postal_code\":null,"
                    + "\"country_code\":null}",
            "{\"street_number\":\"\",\"street_name\":\"\",\"city\":\"\",\"state\":\"\",\"postal_code\":\"\","
                    + "\"country_code\":\"\"}",
            "{\"street_number\":\"007\",\"street_name\":\"\\\"Quoted\\\" \\\\ Row\\n\",\"city\":\"東京🚀\"}");

    private static final List<LocalDate> DAYS = List.of(
            LocalDate.of(1, 1, 1),
            LocalDate.of(1582, 10, 4),
            LocalDate.of(1582, 10, 10),
            LocalDate.of(1582, 10, 15),
            LocalDate.of(1900, 2, 28),
            LocalDate.of(1900, 3, 1),
            LocalDate.of(1969, 12, 31),
            LocalDate.of(1970, 1, 1),
            LocalDate.of(2000, 2, 29),
            LocalDate.of(2016, 12, 31),
            LocalDate.of(2024, 3, 31),
            LocalDate.of(2024, 10, 27),
            LocalDate.of(9999, 12, 31));

    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        0.1 + 0.2,
        9.007199254740991E15,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.MIN_NORMAL,
        Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    private static final float[] FLOATS = {
        0.0F,
        -0.0F,
        0.1F,
        1.6777216E7F,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_NORMAL,
        Float.MIN_VALUE,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY
    };

    private HardValues() {}

    /** The hard values of a type, and nulls. */
    static Values of(DataType type) {
        return present(type).orNullOneIn(NULL_ONE_IN);
    }

    private static Values present(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> Values.trueInPercent(50);
            case DataType.IntType(int bits) -> integers(bits);
            case DataType.DecimalType decimal -> decimals(decimal);
            case DataType.FloatType(int bits) -> floats(bits);
            case DataType.TextType ignored -> Values.of(TEXTS);
            case DataType.UnknownType ignored -> Values.of(TEXTS);
            case DataType.BinaryType ignored -> HardValues.binaries();
            case DataType.UuidType ignored -> uuids();
            case DataType.DateType ignored ->
                (out, draft) ->
                        ((IntColumn.Builder) out).append((int) day(draft).toEpochDay());
            case DataType.TimeType ignored ->
                (out, draft) -> ((LongColumn.Builder) out).append(draft.between(0, 2) * (NANOS_PER_DAY / 2));
            case DataType.TimestampType timestamp -> timestamps(timestamp);
            case DataType.JsonType ignored -> Values.of(JSONS);
            case DataType.ArrayType ignored -> Values.of(TEXT_ARRAYS);
            case DataType.ObjectType ignored -> Values.of(OBJECTS);
        };
    }

    private static Values integers(int bits) {
        long most = Long.MAX_VALUE >> (64 - bits);
        long[] values = {-most - 1, -most, -1, 0, 1, most - 1, most};
        return bits == 64
                ? (out, draft) -> ((LongColumn.Builder) out).append(values[(int) draft.below(values.length)])
                : (out, draft) -> ((IntColumn.Builder) out).append((int) values[(int) draft.below(values.length)]);
    }

    private static Values decimals(DataType.DecimalType type) {
        long most = 1;
        for (int digit = 0; digit < type.precision(); digit++) {
            most *= 10;
        }
        long[] values = {1 - most, -1, 0, 1, 10, most - 1};
        return (out, draft) -> ((LongColumn.Builder) out).append(values[(int) draft.below(values.length)]);
    }

    private static Values floats(int bits) {
        return bits == 32
                ? (out, draft) -> ((DoubleColumn.Builder) out).append(FLOATS[(int) draft.below(FLOATS.length)])
                : (out, draft) -> ((DoubleColumn.Builder) out).append(DOUBLES[(int) draft.below(DOUBLES.length)]);
    }

    private static Values binaries() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        byte[][] values = {{}, {0}, {-1}, {'\\', 'x'}, {'\r', '\n'}, all};
        return (out, draft) -> ((BytesColumn.Builder) out).append(values[(int) draft.below(values.length)]);
    }

    private static Values uuids() {
        long[][] values = {{0, 0}, {-1, -1}, {Long.MIN_VALUE, Long.MAX_VALUE}};
        return (out, draft) -> {
            long[] value = values[(int) draft.below(values.length)];
            ((WideColumn.Builder) out).append(value[0], value[1]);
        };
    }

    private static LocalDate day(Draft draft) {
        return DAYS.get((int) draft.below(DAYS.size()));
    }

    /** The first and the last moment of a day, as fine as the type has it. */
    private static Values timestamps(DataType.TimestampType type) {
        long unit = 1;
        for (int digit = type.precision(); digit < 6; digit++) {
            unit *= 10;
        }
        long last = MICROS_PER_DAY - unit;
        return (out, draft) -> {
            long midnight = ChronoUnit.DAYS.between(LocalDate.EPOCH, day(draft)) * MICROS_PER_DAY;
            ((LongColumn.Builder) out).append(draft.oneIn(2) ? midnight : midnight + last);
        };
    }
}
