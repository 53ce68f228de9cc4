package dev.sluice.connector.file.source;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Layout;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes Avro by means of its own library. */
final class AvroWriter implements FormatWriter {
    private static final int BLOCK_BYTES = 4 << 10;

    @Override
    public String extension() {
        return ".avro";
    }

    @Override
    public boolean needsTypes() {
        return false;
    }

    @Override
    public boolean stores(DataType type, String text) {
        return switch (type) {
            case DataType.BoolType _,
                    DataType.FloatType _,
                    DataType.TextType _,
                    DataType.BinaryType _,
                    DataType.UuidType _,
                    DataType.JsonType _ -> true;
            case DataType.IntType(int bits) -> bits >= 32;
            case DataType.DecimalType decimal -> decimal.layout() != Layout.BYTES && !text.equals("NaN");
            case DataType.DateType _ -> !text.endsWith("infinity");
            case DataType.TimeType(int precision, boolean zoned) -> precision == 6 && !zoned && !text.startsWith("24");
            case DataType.TimestampType(int precision, boolean _) -> precision == 6 && !text.endsWith("infinity");
            case DataType.ArrayType _, DataType.ObjectType _, DataType.UnknownType _ -> false;
        };
    }

    @Override
    public void write(Path file, Schema schema, List<Row> rows) throws IOException {
        org.apache.avro.Schema own = schemaOf(schema);
        try (DataFileWriter<GenericData.Record> writer = new DataFileWriter<>(new GenericDatumWriter<>(own))) {
            writer.setCodec(CodecFactory.deflateCodec(1));
            writer.setSyncInterval(BLOCK_BYTES);
            writer.create(own, file.toFile());
            for (Row row : rows) {
                GenericData.Record record = new GenericData.Record(own);
                for (int i = 0; i < schema.size(); i++) {
                    String text = row.value(i);
                    record.put(i, text == null ? null : value(schema.field(i).type(), text));
                }
                writer.append(record);
            }
        }
    }

    /** The names need not be allowed ones, so each field tells its own beside. */
    private static org.apache.avro.Schema schemaOf(Schema schema) {
        List<org.apache.avro.Schema.Field> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            org.apache.avro.Schema optional = org.apache.avro.Schema.createUnion(
                    org.apache.avro.Schema.create(org.apache.avro.Schema.Type.NULL), typeOf(field.type()));
            org.apache.avro.Schema.Field own = new org.apache.avro.Schema.Field("f" + fields.size(), optional);
            own.addProp("sluice.name", field.name());
            fields.add(own);
        }
        return org.apache.avro.Schema.createRecord("row", null, null, false, fields);
    }

    private static org.apache.avro.Schema typeOf(DataType type) {
        org.apache.avro.Schema.Type physical = switch (type) {
            case DataType.BoolType _ -> org.apache.avro.Schema.Type.BOOLEAN;
            case DataType.IntType(int bits) ->
                bits == 64 ? org.apache.avro.Schema.Type.LONG : org.apache.avro.Schema.Type.INT;
            case DataType.FloatType(int bits) ->
                bits == 64 ? org.apache.avro.Schema.Type.DOUBLE : org.apache.avro.Schema.Type.FLOAT;
            case DataType.DecimalType _, DataType.BinaryType _ -> org.apache.avro.Schema.Type.BYTES;
            case DataType.DateType _ -> org.apache.avro.Schema.Type.INT;
            case DataType.TimeType _, DataType.TimestampType _ -> org.apache.avro.Schema.Type.LONG;
            default -> org.apache.avro.Schema.Type.STRING;
        };
        org.apache.avro.Schema own = org.apache.avro.Schema.create(physical);
        if (type instanceof DataType.JsonType) {
            own.addProp("sluice.json", "true");
        }
        return switch (type) {
            case DataType.DecimalType(int precision, int scale) ->
                LogicalTypes.decimal(precision, scale).addToSchema(own);
            case DataType.UuidType _ -> LogicalTypes.uuid().addToSchema(own);
            case DataType.DateType _ -> LogicalTypes.date().addToSchema(own);
            case DataType.TimeType _ -> LogicalTypes.timeMicros().addToSchema(own);
            case DataType.TimestampType(int _, boolean zoned) ->
                zoned
                        ? LogicalTypes.timestampMicros().addToSchema(own)
                        : LogicalTypes.localTimestampMicros().addToSchema(own);
            default -> own;
        };
    }

    private static Object value(DataType type, String text) {
        return switch (type) {
            case DataType.BoolType _ -> Boolean.valueOf(text);
            case DataType.IntType(int bits) ->
                bits == 64 ? (Object) Long.valueOf(text) : (Object) Integer.valueOf(text);
            case DataType.FloatType(int bits) ->
                bits == 64 ? (Object) Double.valueOf(text) : (Object) Float.valueOf(text);
            case DataType.DecimalType(int _, int scale) ->
                ByteBuffer.wrap(
                        new BigDecimal(text).setScale(scale).unscaledValue().toByteArray());
            case DataType.BinaryType _ -> ByteBuffer.wrap(HexFormat.of().parseHex(text));
            case DataType.DateType _ -> (int) LocalDate.parse(text).toEpochDay();
            case DataType.TimeType _ -> LocalTime.parse(text).toNanoOfDay() / 1000;
            case DataType.TimestampType(int _, boolean zoned) ->
                ChronoUnit.MICROS.between(
                        Instant.EPOCH,
                        zoned ? Instant.parse(text) : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            default -> text;
        };
    }

    @Override
    public int poison(Path file, Schema schema) throws IOException {
        org.apache.avro.Schema own = schemaOf(schema);
        try (DataFileWriter<GenericData.Record> writer = new DataFileWriter<>(new GenericDatumWriter<>(own))) {
            writer.create(own, file.toFile());
            writer.appendEncoded(encoded(1, new byte[] {'b', (byte) 0xFF}));
            writer.appendEncoded(encoded(1001, "good".getBytes(StandardCharsets.UTF_8)));
            writer.appendEncoded(encoded(2, new byte[] {(byte) 0xC3}));
            writer.appendEncoded(encoded(1002, "good".getBytes(StandardCharsets.UTF_8)));
        }
        return 2;
    }

    private static ByteBuffer encoded(long id, byte[] name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        encoder.writeIndex(1);
        encoder.writeLong(id);
        encoder.writeIndex(1);
        encoder.writeBytes(name);
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}
