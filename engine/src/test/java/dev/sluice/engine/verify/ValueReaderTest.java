package dev.sluice.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.value.TextValues;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.BinaryType;
import dev.sluice.spi.type.DataType.BoolType;
import dev.sluice.spi.type.DataType.DateType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.spi.type.DataType.FloatType;
import dev.sluice.spi.type.DataType.IntType;
import dev.sluice.spi.type.DataType.JsonType;
import dev.sluice.spi.type.DataType.TextType;
import dev.sluice.spi.type.DataType.TimeType;
import dev.sluice.spi.type.DataType.TimestampType;
import dev.sluice.spi.type.DataType.UnknownType;
import dev.sluice.spi.type.DataType.UuidType;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A value and what a destination makes of it look the same, and another value does not. */
class ValueReaderTest {
    private static final DataType TEXT = new TextType();
    private static final DataType MICROS = new TimestampType(6, true);
    private static final DataType NANOS = new TimestampType(9, true);

    static Stream<Arguments> storedOtherwise() {
        return Stream.of(
                Arguments.of(new IntType(32), "7", new IntType(64), "7", "8"),
                Arguments.of(new IntType(64), "7", new DecimalType(38, 9), "7.000000000", "7.000000001"),
                Arguments.of(new DecimalType(12, 2), "1.50", DecimalType.unconstrained(), "1.5", "1.51"),
                Arguments.of(new DecimalType(0, 0), "1e3", new DecimalType(30, 2), "1000.00", "1000.01"),
                Arguments.of(new DecimalType(12, 2), "NaN", DecimalType.unconstrained(), "NaN", "0"),
                Arguments.of(new BoolType(), "true", new IntType(8), "1", "0"),
                Arguments.of(new FloatType(32), "0.1", new FloatType(64), "0.10000000149011612", "0.2"),
                Arguments.of(new FloatType(64), "0.1", new FloatType(32), "0.1", "0.11"),
                Arguments.of(new FloatType(64), "-0.0", new FloatType(64), "0.0", "1.0"),
                Arguments.of(new UuidType(), uuid(1), TEXT, uuid(1), uuid(2)),
                Arguments.of(new DateType(), "2024-02-29", TEXT, "2024-02-29", "2024-03-01"),
                Arguments.of(new DateType(), "2024-02-29", MICROS, "2024-02-29T00:00:00Z", "2024-02-29T00:00:01Z"),
                Arguments.of(new DateType(), "infinity", MICROS, "infinity", "-infinity"),
                Arguments.of(
                        NANOS, "1969-01-01T00:00:00.123456789Z", MICROS, "1969-01-01T00:00:00.123456Z", "infinity"),
                Arguments.of(
                        new TimeType(9, false),
                        "10:00:00.123456789",
                        new TimeType(3, false),
                        "10:00:00.123",
                        "10:00:00"),
                Arguments.of(new BinaryType(), "00ff", TEXT, "00ff", "00fe"),
                Arguments.of(new JsonType(), "{\"a\": [1.0]}", TEXT, "{\"a\":[1]}", "{\"a\":[2]}"),
                Arguments.of(new UnknownType("inet"), "10.0.0.1", TEXT, "10.0.0.1", "10.0.0.2"),
                Arguments.of(new IntType(32), "7", TEXT, "7", "no number"),
                Arguments.of(TEXT, "7", new IntType(32), "7", "8"));
    }

    @ParameterizedTest
    @MethodSource("storedOtherwise")
    void looksTheSameHoweverItIsStored(DataType source, String value, DataType stored, String same, String other) {
        ValueReader.Both readers = ValueReader.of(source, stored);

        Hash expected = hash(readers.source(), source, value);
        assertThat(hash(readers.stored(), stored, same)).isEqualTo(expected);
        assertThat(hash(readers.stored(), stored, other)).isNotEqualTo(expected);
        assertThat(hash(readers.stored(), stored, null))
                .isNotEqualTo(expected)
                .isEqualTo(hash(readers.source(), source, null));
    }

    private static String uuid(int last) {
        return "00000000-0000-4000-8000-00000000000" + last;
    }

    private static Hash hash(ValueReader reader, DataType type, @Nullable String text) {
        ColumnBuilder builder = ColumnBuilder.of(type, 1);
        if (text == null) {
            builder.appendNull();
        } else {
            TextValues.append(type, text, builder);
        }
        Column column = builder.build();
        Hasher hasher = new Hasher().begin();
        reader.add(hasher, column, 0);
        return hasher.hash();
    }
}
