package dev.sluice.testkit.file;

import dev.sluice.testkit.contract.TargetContent;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads Avro by means of its own library, which whoever calls it has to have on the class path. */
public final class AvroReading {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    private AvroReading() {}

    /** The rows of a file, each value as its canonical text. */
    public static TargetContent read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new FileNotFoundException(file.toString());
        }
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(file.toFile(), new GenericDatumReader<GenericRecord>())) {
            List<Schema.Field> fields = reader.getSchema().getFields();
            List<String> names = fields.stream().map(AvroReading::name).toList();
            List<Map<String, @Nullable String>> rows = new ArrayList<>();
            while (reader.hasNext()) {
                GenericRecord record = reader.next();
                Map<String, @Nullable String> row = new LinkedHashMap<>();
                for (int i = 0; i < names.size(); i++) {
                    Object value = record.get(i);
                    row.put(
                            names.get(i),
                            value == null
                                    ? null
                                    : text(value, branch(fields.get(i).schema())));
                }
                rows.add(row);
            }
            return new TargetContent(names, rows);
        }
    }

    private static String name(Schema.Field field) {
        String own = field.getProp("sluice.name");
        return own == null ? field.name() : own;
    }

    private static Schema branch(Schema schema) {
        return schema.isUnion() ? schema.getTypes().get(1) : schema;
    }

    private static String text(Object value, Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return switch (logical) {
            case LogicalTypes.Decimal decimal -> {
                ByteBuffer buffer = (ByteBuffer) value;
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                yield new BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString();
            }
            case LogicalTypes.Date _ -> date(LocalDate.ofEpochDay((Integer) value));
            case LogicalTypes.TimeMicros _ -> time(LocalTime.ofNanoOfDay((Long) value * 1000));
            case LogicalTypes.TimestampMicros _ -> moment((Long) value, ChronoUnit.MICROS) + "Z";
            case LogicalTypes.TimestampNanos _ -> moment((Long) value, ChronoUnit.NANOS) + "Z";
            case LogicalTypes.LocalTimestampMicros _ -> moment((Long) value, ChronoUnit.MICROS);
            case LogicalTypes.LocalTimestampNanos _ -> moment((Long) value, ChronoUnit.NANOS);
            case null, default -> {
                if (value instanceof ByteBuffer buffer) {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.get(bytes);
                    yield HexFormat.of().formatHex(bytes);
                }
                yield value.toString();
            }
        };
    }

    private static String moment(long value, ChronoUnit unit) {
        var local = Instant.EPOCH.plus(value, unit).atOffset(ZoneOffset.UTC).toLocalDateTime();
        return date(local.toLocalDate()) + "T" + time(local.toLocalTime());
    }

    private static String date(LocalDate date) {
        return date.toString();
    }

    private static String time(LocalTime time) {
        return time.format(TIME);
    }
}
