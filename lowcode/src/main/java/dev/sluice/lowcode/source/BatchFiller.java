package dev.sluice.lowcode.source;

import dev.sluice.lowcode.time.Iso;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Puts records into columns. A value that does not fit its field is told, never bent. */
final class BatchFiller {
    private static final int MOST_KEPT = 64 << 10;

    private final Schema schema;
    private final boolean whole;
    private final String stream;
    private final ReadContext context;
    private final BatchBuilder builder;
    private final @Nullable Object[] row;
    private long seen;
    private boolean large;

    BatchFiller(StreamRead read, boolean whole, ReadContext context) {
        this.schema = read.schema();
        this.whole = whole;
        this.stream = read.stream().id().name();
        this.context = context;
        this.builder = new BatchBuilder(schema, context.batchSize());
        this.row = new @Nullable Object[schema.size()];
    }

    boolean isFull() {
        return large || builder.isFull();
    }

    boolean isEmpty() {
        return builder.isEmpty();
    }

    RecordBatch build(Clock clock) {
        large = false;
        return builder.build(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    }

    /** Adds a record, or rejects it. */
    void add(Map<Object, Object> record) {
        seen++;
        for (int i = 0; i < row.length; i++) {
            Field field = schema.field(i);
            Object value = whole ? record : record.get(field.name());
            row[i] = null;
            if (value == null || value instanceof None) {
                continue;
            }
            try {
                row[i] = admitted(field, converted(value, field.type()));
            } catch (Fault | ArithmeticException | NumberFormatException misfit) {
                // Many services write an empty text for no date and no number; that is no reason to lose the record.
                if (!context.annotates() && !isBlank(value)) {
                    reject(record, field);
                    return;
                }
                builder.noteChange(
                        field.name(), ValueChange.Change.NULLED, ValueChange.Reason.SOURCE_SERIALIZATION_ERROR);
            }
        }
        for (int i = 0; i < row.length; i++) {
            append(builder.column(i), row[i]);
        }
        builder.endRow();
    }

    private static boolean isBlank(Object value) {
        return value instanceof String text && text.isBlank();
    }

    private void reject(Map<Object, Object> record, Field field) {
        byte[] json = JsonValues.write(record).getBytes(StandardCharsets.UTF_8);
        context.reject(new RejectedRecord(
                        stream + ":" + seen,
                        "VALUE_MISFIT",
                        "the value of " + field.name() + " is no "
                                + field.type().notation(),
                        json)
                .cutTo(MOST_KEPT)
                .inField(field.name()));
    }

    private @Nullable Object admitted(Field field, Object value) {
        if (!(value instanceof byte[] bytes) || bytes.length < ReadContext.LARGE_VALUE) {
            return value;
        }
        if (context.admitLargeValue(bytes.length)) {
            large = true;
            return value;
        }
        builder.noteChange(field.name(), ValueChange.Change.NULLED, ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION);
        return null;
    }

    private static Object converted(Object value, DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> truth(value);
            case DataType.IntType ignored -> Numbers.big(integral(value)).longValueExact();
            case DataType.FloatType ignored ->
                value instanceof String text ? (Object) Double.parseDouble(text.strip()) : (Object) real(value);
            case DataType.DateType ignored ->
                Math.toIntExact(Iso.moment(text(value)).local().toLocalDate().toEpochDay());
            case DataType.TimestampType(int ignored, boolean zoned) -> micros(text(value), zoned);
            case DataType.TextType ignored -> bytes(value instanceof String text ? text : json(value));
            case DataType.JsonType ignored -> bytes(json(value));
            case DataType.ArrayType ignored -> bytes(json(value));
            case DataType.ObjectType ignored -> bytes(json(value));
            case DataType.DecimalType ignored -> throw misfit();
            case DataType.BinaryType ignored -> throw misfit();
            case DataType.UuidType ignored -> throw misfit();
            case DataType.TimeType ignored -> throw misfit();
            case DataType.UnknownType ignored -> throw misfit();
        };
    }

    private static Fault misfit() {
        return Fault.type("the value does not fit");
    }

    private static boolean truth(Object value) {
        return switch (value) {
            case Boolean truth -> truth;
            case String text when text.equalsIgnoreCase("true") -> true;
            case String text when text.equalsIgnoreCase("false") -> false;
            default -> throw misfit();
        };
    }

    private static Object integral(Object value) {
        return switch (value) {
            case Boolean ignored -> throw misfit();
            case Double real when real == Math.rint(real) -> Numbers.truncate(real);
            case Double ignored -> throw misfit();
            case String text -> Numbers.whole(new BigInteger(text.strip()));
            default -> value;
        };
    }

    private static double real(Object value) {
        if (value instanceof Boolean) {
            throw misfit();
        }
        return Numbers.real(value);
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text.strip();
        }
        throw misfit();
    }

    private static long micros(String text, boolean zoned) {
        OptionalLong usual = Iso.micros(text, zoned);
        if (usual.isPresent()) {
            return usual.getAsLong();
        }
        Moment moment = Iso.moment(text);
        Instant instant = zoned ? moment.instant() : moment.local().toInstant(ZoneOffset.UTC);
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String json(Object value) {
        return JsonValues.write(value);
    }

    private static void append(ColumnBuilder column, @Nullable Object value) {
        if (value == null) {
            column.appendNull();
            return;
        }
        switch (column) {
            case BoolColumn.Builder bools -> bools.append(value.equals(true));
            case IntColumn.Builder ints -> ints.append((int) Numbers.real(value));
            case LongColumn.Builder longs -> longs.append((Long) value);
            case DoubleColumn.Builder doubles -> doubles.append((Double) value);
            case BytesColumn.Builder texts -> texts.append((byte[]) value);
            case WideColumn.Builder ignored -> throw misfit();
        }
    }
}
