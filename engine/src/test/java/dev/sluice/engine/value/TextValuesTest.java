package dev.sluice.engine.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.RowJson;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that was kept as text comes back as it was. */
class TextValuesTest {
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(new DataType.BoolType(), List.of("true", "false")),
                Arguments.of(new DataType.IntType(8), List.of("-128", "127")),
                Arguments.of(new DataType.IntType(32), List.of("-2147483648")),
                Arguments.of(new DataType.IntType(64), List.of("-9223372036854775808", "9223372036854775807")),
                Arguments.of(new DataType.DecimalType(12, 2), List.of("-1234567890.12", "0.00", "NaN")),
                Arguments.of(
                        new DataType.DecimalType(38, 10),
                        List.of("-9999999999999999999999999999.9999999999", "0.0000000001", "NaN")),
                Arguments.of(DataType.DecimalType.unconstrained(), List.of("1.230", "NaN", "Infinity", "-Infinity")),
                Arguments.of(new DataType.FloatType(64), List.of("1.0E300", "NaN", "-Infinity", "-0.0")),
                Arguments.of(new DataType.FloatType(32), List.of("0.1", "3.4028235E38")),
                Arguments.of(new DataType.TextType(), List.of("", "quotes \" and \u0000 and \uD83D\uDE00")),
                Arguments.of(new DataType.BinaryType(), List.of("", "00ff")),
                Arguments.of(new DataType.UuidType(), List.of("ffffffff-0000-4000-8000-000000000001")),
                Arguments.of(
                        new DataType.DateType(),
                        List.of("2024-02-29", "-0043-03-15", "+12345-01-01", "infinity", "-infinity")),
                Arguments.of(new DataType.TimeType(9, false), List.of("00:00:00", "23:59:59.123456789", "24:00:00")),
                Arguments.of(
                        new DataType.TimeType(6, true), List.of("10:00:00.5+02:00", "10:00:00-11:30", "10:00:00Z")),
                Arguments.of(
                        new DataType.TimestampType(6, false),
                        List.of("1969-12-31T23:59:59.999999", "infinity", "-infinity")),
                Arguments.of(new DataType.TimestampType(9, true), List.of("2024-01-01T00:00:00.123456789Z")),
                Arguments.of(new DataType.JsonType(), List.of("{\"a\": 1.10, \"a\": 2}")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsWhatWasWritten(DataType type, List<String> texts) {
        ColumnBuilder builder = ColumnBuilder.of(type, 1);
        texts.forEach(text -> TextValues.append(type, text, builder));
        RecordBatch batch =
                RecordBatch.of(Schema.of(new Field("value", type)), texts.size(), List.of(builder.build()), 0);

        for (int row = 0; row < texts.size(); row++) {
            assertThat(ValueText.of(type, batch.column(0), row)).contains(texts.get(row));
        }
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(new DataType.BoolType(), "yes"),
                Arguments.of(new DataType.IntType(8), "128"),
                Arguments.of(new DataType.IntType(64), "9223372036854775808"),
                Arguments.of(new DataType.DecimalType(4, 2), "100.00"),
                Arguments.of(new DataType.DecimalType(4, 2), "1.005"),
                Arguments.of(new DataType.BinaryType(), "0"),
                Arguments.of(new DataType.DateType(), "2023-02-29"),
                Arguments.of(new DataType.TimeType(6, true), "10:00:00"),
                Arguments.of(new DataType.TimestampType(6, false), "2024-01-01T00:00:00.1234567"),
                Arguments.of(new DataType.UuidType(), "not-a-uuid"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesWhatIsNoValue(DataType type, String text) {
        assertThatThrownBy(() -> TextValues.append(type, text, ColumnBuilder.of(type, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesRowsAsJsonThatPeopleCanReadAndMend() {
        Schema schema = Schema.of(
                new Field("id", new DataType.IntType(32)),
                new Field("price", new DataType.DecimalType(6, 2)),
                new Field("ratio", new DataType.FloatType(64)),
                new Field("na\"me", new DataType.TextType()),
                new Field("note", new DataType.TextType()));
        List<String> texts = List.of("7", "12.50", "NaN", "a\n\u0001\\", "");
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            ColumnBuilder builder = ColumnBuilder.of(schema.field(i).type(), 1);
            if (i == 4) {
                builder.appendNull();
            } else {
                TextValues.append(schema.field(i).type(), texts.get(i), builder);
            }
            columns.add(builder.build());
        }

        byte[] json = RowJson.of(RecordBatch.of(schema, 1, columns, 0), 0);
        Map<String, @Nullable String> read = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            read.put(schema.field(i).name(), i == 4 ? null : texts.get(i));
        }
        assertThat(RowJson.read(json)).isEqualTo(read);
        for (int length = 0; length < json.length; length++) {
            assertThat(RowJson.read(Arrays.copyOf(json, length))).isNull();
        }
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"id\":7,\"price\":12.50,\"ratio\":\"NaN\",\"na\\\"me\":\"a\\n\\u0001\\\\\",\"note\":null}");
    }
}
