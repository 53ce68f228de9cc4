package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of a batch as records of values that JSON has. */
final class RecordValues {
    private final RecordBatch batch;
    private final Set<String> kept;
    private final Object cleared;

    /**
     * The rows of a batch.
     *
     * @param kept the fields of which a null leaves what is there, so that it is left out
     * @param cleared what stands for a null elsewhere
     */
    RecordValues(RecordBatch batch, Set<String> kept, Object cleared) {
        this.batch = batch;
        this.kept = kept;
        this.cleared = cleared;
    }

    /** The record of a row. What a log did not resend is left out, as the system has it. */
    Map<Object, Object> record(int row) {
        Map<Object, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < batch.schema().size(); i++) {
            Field field = batch.schema().field(i);
            Column column = batch.column(i);
            if (column.isPresent(row)) {
                record.put(field.name(), value(field.type(), column, row));
            } else if (column.isNull(row) && !kept.contains(field.name())) {
                record.put(field.name(), cleared);
            }
        }
        return record;
    }

    /** The values of some fields of a row. */
    List<Object> key(int row, List<String> names) {
        List<Object> key = new ArrayList<>();
        for (String name : names) {
            int field = batch.schema().indexOf(name).orElseThrow();
            Column column = batch.column(field);
            key.add(column.isPresent(row) ? value(batch.schema().field(field).type(), column, row) : None.NONE);
        }
        return key;
    }

    private static Object value(DataType type, Column column, int row) {
        return switch (type) {
            case DataType.BoolType _ -> ((BoolColumn) column).values()[row];
            case DataType.IntType _ -> Long.parseLong(text(type, column, row));
            case DataType.DecimalType _ -> decimal(text(type, column, row));
            case DataType.FloatType _ -> real(text(type, column, row));
            case DataType.BinaryType _ -> {
                BytesColumn bytes = (BytesColumn) column;
                yield Base64.getEncoder()
                        .encodeToString(Arrays.copyOfRange(
                                bytes.data(), bytes.start(row), bytes.start(row) + bytes.length(row)));
            }
            case DataType.JsonType _ -> json(text(type, column, row));
            case DataType.ArrayType _ -> json(text(type, column, row));
            case DataType.ObjectType _ -> json(text(type, column, row));
            case DataType.TextType _ -> text(type, column, row);
            case DataType.UuidType _ -> text(type, column, row);
            case DataType.DateType _ -> text(type, column, row);
            case DataType.TimeType _ -> text(type, column, row);
            case DataType.TimestampType _ -> text(type, column, row);
            case DataType.UnknownType _ -> text(type, column, row);
        };
    }

    private static String text(DataType type, Column column, int row) {
        return ValueText.of(type, column, row).orElseThrow();
    }

    /** A number where a number of JSON has all its digits, else a text. */
    private static Object decimal(String text) {
        if (text.equals("NaN")) {
            return text;
        }
        BigDecimal exact = new BigDecimal(text);
        if (exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0) {
            return exact.toBigIntegerExact();
        }
        double near = exact.doubleValue();
        return new BigDecimal(Double.toString(near)).compareTo(exact) == 0 ? (Object) near : text;
    }

    /** JSON has no infinities. */
    private static Object real(String text) {
        double number = Double.parseDouble(text);
        return Double.isFinite(number) ? (Object) number : text;
    }

    private static Object json(String text) {
        try {
            return JsonValues.read(text);
        } catch (IllegalArgumentException plain) {
            return text;
        }
    }

    /** What stands for a null, as the definition writes it. */
    static Object cleared(Object given) {
        return given instanceof None ? None.NONE : given;
    }
}
