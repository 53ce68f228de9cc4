package dev.sluice.connector.file.destination.files;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.ValueWriter;
import dev.sluice.connector.file.destination.place.PathNames;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Tells which partition each row belongs to: the folder that the values of some columns make, in the style of Hive, such
 * as {@code country=DE/day=2026-11-21/}. One thread uses it.
 */
public final class Partitions {
    /** What readers of partitions take for no value. */
    private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

    private static final int MOST = 10_000;

    private final List<Part> parts;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> folders = new ArrayList<>();

    private record Part(String prefix, int index, ValueWriter text) {}

    private Partitions(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Divides by these fields.
     *
     * @param fields the names of the fields; none for a single partition
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if the stream lacks one of them
     */
    public static Partitions of(List<String> fields, Schema schema) {
        List<Part> parts = new ArrayList<>();
        for (String name : fields) {
            OptionalInt index = schema.indexOf(name);
            if (index.isEmpty()) {
                throw Problem.of("E_FIELD_NOT_FOUND", ProblemKind.CONFIG, "the stream has no field " + name)
                        .at("partition_by")
                        .because("it has " + String.join(", ", schema.names()))
                        .fix("name fields that each stream of the connection has")
                        .exception();
            }
            Field field = schema.field(index.getAsInt());
            requireShort(field);
            parts.add(new Part(PathNames.encode(name) + "=", index.getAsInt(), ValueWriter.of(field.type())));
        }
        return new Partitions(parts);
    }

    private static void requireShort(Field field) {
        boolean document = field.type() instanceof DataType.JsonType
                || field.type() instanceof DataType.ArrayType
                || field.type() instanceof DataType.ObjectType
                || field.type() instanceof DataType.BinaryType;
        if (document) {
            throw Problem.of(
                            "E_CONFIG",
                            ProblemKind.CONFIG,
                            "values of " + field.type().notation() + " cannot name folders")
                    .at("partition_by")
                    .fix("take a field with few different values, such as a date or a country")
                    .exception();
        }
    }

    /** True if all rows go to one place. */
    public boolean isSingle() {
        return parts.isEmpty();
    }

    /** The number of the partition of each row of a batch, counted from 0 over the life of this object. */
    public int[] of(RecordBatch batch) {
        int[] partitions = new int[batch.rows()];
        if (isSingle()) {
            return partitions;
        }
        ByteSink key = new ByteSink(64);
        Map<String, Integer> ofBatch = new HashMap<>();
        for (int row = 0; row < partitions.length; row++) {
            key.clear();
            for (Part part : parts) {
                Column column = batch.column(part.index());
                // 0 and 1 tell values and gaps apart, 2 ends a value: no text holds them unless on purpose.
                key.put(column.isPresent(row) ? 1 : 0);
                if (column.isPresent(row)) {
                    part.text().write(column, row, key);
                }
                key.put(2);
            }
            int known = row;
            partitions[row] = ofBatch.computeIfAbsent(key.toString(), ignored -> number(batch, known));
        }
        return partitions;
    }

    private int number(RecordBatch batch, int row) {
        StringBuilder folder = new StringBuilder();
        ByteSink text = new ByteSink(64);
        for (Part part : parts) {
            Column column = batch.column(part.index());
            text.clear();
            if (column.isPresent(row)) {
                part.text().write(column, row, text);
            }
            folder.append(part.prefix())
                    .append(column.isPresent(row) ? PathNames.encode(text.toString()) : NO_VALUE)
                    .append('/');
        }
        return numbers.computeIfAbsent(folder.toString(), this::add);
    }

    private int add(String folder) {
        if (folders.size() == MOST) {
            throw Problem.of(
                            "E_TOO_MANY_PARTITIONS",
                            ProblemKind.CONFIG,
                            "the rows make more than " + MOST + " partitions")
                    .at("partition_by")
                    .because("each of them is a folder with files of its own, the next one would be " + folder)
                    .fix("divide by fields with fewer different values")
                    .exception();
        }
        folders.add(folder);
        return folders.size() - 1;
    }

    /** The folder of a partition, with a slash at its end; empty if there is only one. */
    public String folder(int partition) {
        return isSingle() ? "" : folders.get(partition);
    }
}
