package dev.sluice.connector.file.avro;

import dev.sluice.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Makes what reads the values of a schema. */
final class AvroReaders {
    /** Records by their name, since a record may hold others of its own kind. */
    private final Map<String, AvroDocuments.Group> groups = new HashMap<>();

    /**
     * What reads the values of a schema.
     *
     * @param target the type of the column that takes them; null for a part of a document
     */
    AvroValue of(Schema schema, @Nullable DataType target) {
        DataType own = AvroTypes.of(schema);
        return switch (schema.getType()) {
            case BOOLEAN -> new AvroScalars.Truth();
            case INT, LONG -> whole(schema.getType() == Schema.Type.LONG, own, target == null ? own : target);
            case FLOAT -> new AvroScalars.Floating(false);
            case DOUBLE -> new AvroScalars.Floating(true);
            case NULL -> new AvroValue.Nothing();
            case ENUM -> new AvroScalars.Word(schema);
            case STRING, BYTES, FIXED -> run(schema, own, target == null ? own : target);
            case ARRAY -> new AvroDocuments.Items(of(schema.getElementType(), null), false);
            case MAP -> new AvroDocuments.Items(of(schema.getValueType(), null), true);
            case RECORD -> group(schema);
            case UNION -> union(schema, target);
        };
    }

    private static AvroValue whole(boolean wide, DataType own, DataType target) {
        return switch (own) {
            case DataType.TimeType _ -> new AvroScalars.Time(wide);
            case DataType.TimestampType moment -> new AvroScalars.Moment(moment);
            default -> new AvroScalars.Whole(wide, own instanceof DataType.DateType, target);
        };
    }

    private static AvroValue run(Schema schema, DataType own, DataType target) {
        return switch (own) {
            case DataType.DecimalType decimal ->
                new AvroDecimal(schema, decimal, target instanceof DataType.DecimalType wider ? wider : decimal);
            case DataType.UuidType _ -> new AvroScalars.Uuid(schema);
            case DataType.BinaryType _ -> new AvroScalars.Binary(schema);
            default -> new AvroScalars.Text(own instanceof DataType.JsonType);
        };
    }

    private AvroValue group(Schema schema) {
        AvroDocuments.Group known = groups.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        AvroDocuments.Group group = new AvroDocuments.Group();
        groups.put(schema.getFullName(), group);
        schema.getFields().forEach(field -> group.add(field, of(field.schema(), null)));
        return group;
    }

    private AvroValue union(Schema schema, @Nullable DataType target) {
        List<Schema> branches = schema.getTypes();
        List<Schema> others = branches.stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (others.size() == 1 && target != null) {
            return new AvroValue.Optional(schema, of(others.getFirst(), target));
        }
        if (others.isEmpty() && target != null) {
            return new AvroValue.Optional(schema, new AvroValue.Nothing());
        }
        List<AvroValue> values = new ArrayList<>();
        branches.forEach(branch -> values.add(of(branch, null)));
        return new AvroDocuments.Choice(values);
    }
}
