package dev.sluice.connector.file.destination.avro;

import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.connector.file.avro.AvroHeader;
import dev.sluice.connector.file.avro.AvroTypes;
import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.columns.FileColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The schema of the files of a target. */
final class AvroSchemas {
    private AvroSchemas() {}

    /** A record with the columns; each value of a field may be null, and those of the metadata may not. */
    static Schema of(ColumnLayout columns) {
        List<Schema.Field> fields = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        if (columns.metadata()) {
            for (MetaColumn meta : MetaColumn.values()) {
                taken.add(meta.column());
                fields.add(new Schema.Field(meta.column(), type(typeOf(meta))));
            }
        }
        for (FileColumn column : columns.columns()) {
            Schema optional = Schema.createUnion(Schema.create(Schema.Type.NULL), type(column.fileType()));
            String name = name(column.name(), taken);
            boolean same = name.equals(column.name());
            Schema.Field field = new Schema.Field(name, optional, same ? null : column.name(), Schema.Field.NULL_VALUE);
            if (!same) {
                field.addProp(AvroHeader.NAME_PROPERTY, column.name());
            }
            fields.add(field);
        }
        return Schema.createRecord("row", null, null, false, fields);
    }

    static String typeOf(MetaColumn meta) {
        return switch (meta) {
            case RAW_ID -> "uuid";
            case EXTRACTED_AT -> "timestamp-micros";
            case META -> AvroColumnTypes.DOCUMENT;
            case GENERATION_ID -> "long";
        };
    }

    /** Names consist of letters, digits and underscores, and do not begin with a digit. */
    private static String name(String wanted, Set<String> taken) {
        StringBuilder valid = new StringBuilder();
        wanted.codePoints().forEach(point -> {
            boolean digit = point >= '0' && point <= '9';
            boolean letter = (point | 0x20) >= 'a' && (point | 0x20) <= 'z' && point < 128;
            if (digit && valid.isEmpty()) {
                valid.append('_');
            }
            valid.append(digit || letter ? (char) point : '_');
        });
        String name = valid.toString();
        for (int i = 1; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = valid + "_" + i;
        }
        return name;
    }

    private static Schema type(String word) {
        Schema physical = Schema.create(physical(word));
        return switch (word) {
            case "uuid" -> LogicalTypes.uuid().addToSchema(physical);
            case "date" -> LogicalTypes.date().addToSchema(physical);
            case "time-micros" -> LogicalTypes.timeMicros().addToSchema(physical);
            case "timestamp-micros" -> LogicalTypes.timestampMicros().addToSchema(physical);
            case "timestamp-nanos" -> LogicalTypes.timestampNanos().addToSchema(physical);
            case "local-timestamp-micros" -> LogicalTypes.localTimestampMicros().addToSchema(physical);
            case "local-timestamp-nanos" -> LogicalTypes.localTimestampNanos().addToSchema(physical);
            case AvroColumnTypes.DOCUMENT -> {
                physical.addProp(AvroTypes.JSON_PROPERTY, "true");
                yield physical;
            }
            default -> word.startsWith("decimal") ? decimal(word, physical) : physical;
        };
    }

    private static Schema.Type physical(String word) {
        return switch (word) {
            case "boolean" -> Schema.Type.BOOLEAN;
            case "int", "date" -> Schema.Type.INT;
            case "float" -> Schema.Type.FLOAT;
            case "double" -> Schema.Type.DOUBLE;
            case "uuid", AvroColumnTypes.TEXT, AvroColumnTypes.DOCUMENT -> Schema.Type.STRING;
            default -> word.equals("bytes") || word.startsWith("decimal") ? Schema.Type.BYTES : Schema.Type.LONG;
        };
    }

    private static Schema decimal(String word, Schema physical) {
        int comma = word.indexOf(',');
        int precision = Integer.parseInt(word.substring(word.indexOf('(') + 1, comma));
        int scale = Integer.parseInt(word.substring(comma + 1, word.length() - 1));
        return LogicalTypes.decimal(precision, scale).addToSchema(physical);
    }
}
