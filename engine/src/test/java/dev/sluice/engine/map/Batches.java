package dev.sluice.engine.map;

import dev.sluice.engine.value.TextValues;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes batches of texts, and texts of batches. */
final class Batches {
    /** Stands for a value that a log did not resend. */
    static final String UNCHANGED = "<unchanged>";

    static final Field ID = new Field("id", new DataType.IntType(64));

    private Batches() {}

    static Field text(String name) {
        return new Field(name, new DataType.TextType());
    }

    static List<@Nullable String> row(@Nullable String... values) {
        return Arrays.asList(values);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static RecordBatch of(Schema schema, List<@Nullable String>... rows) {
        return of(schema, List.of(rows), null, List.of());
    }

    static RecordBatch of(
            Schema schema,
            List<List<@Nullable String>> rows,
            @Nullable List<Operation> operations,
            List<ValueChange> changes) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            ColumnBuilder builder = ColumnBuilder.of(schema.field(i).type(), 1);
            for (List<@Nullable String> row : rows) {
                String value = row.get(i);
                if (value == null) {
                    builder.appendNull();
                } else if (value.equals(UNCHANGED)) {
                    builder.appendUnchanged();
                } else {
                    TextValues.append(schema.field(i).type(), value, builder);
                }
            }
            columns.add(builder.build());
        }
        byte[] codes = null;
        if (operations != null) {
            codes = new byte[rows.size()];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = operations.get(i).code();
            }
        }
        return new RecordBatch(schema, rows.size(), columns, codes, changes, 42);
    }

    static List<List<@Nullable String>> rows(RecordBatch batch) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 0; i < batch.schema().size(); i++) {
                Column column = batch.column(i);
                values.add(
                        column.isUnchanged(row)
                                ? UNCHANGED
                                : ValueText.of(batch.schema().field(i).type(), column, row)
                                        .orElse(null));
            }
            rows.add(values);
        }
        return rows;
    }

    static Mapping mapping(Schema schema, Roles roles, MapperSpec... specs) {
        return Mapping.of(
                "public.people",
                schema,
                Arrays.stream(specs).map(MapperSetting::of).toList(),
                roles);
    }

    static Mapping mapping(Schema schema, MapperSpec... specs) {
        return mapping(schema, Roles.NONE, specs);
    }

    static MapperSpec filter(String condition) {
        return new MapperSpec.Filter(condition, null);
    }

    static MapperSpec hash(String field) {
        return new MapperSpec.Hash(field, HashMethod.SHA_256, MapperSpec.Hash.SUFFIX, null);
    }
}
