package dev.sluice.server.api.own;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields inside the fields of a stream, as far as its source tells them; those of a list are those of its elements. */
final class InnerFields {
    /** A document of another shape in each row may tell thousands; nobody chooses among them one by one. */
    static final int MOST = 2_000;

    private static final int DEEPEST = 8;

    private final List<Map<String, Object>> found = new ArrayList<>();

    private InnerFields() {}

    /** Each with its path and type, parents before what is in them. */
    static List<Map<String, Object>> of(Schema schema) {
        InnerFields fields = new InnerFields();
        for (Field field : schema.fields()) {
            fields.add(List.of(field.name()), field.type());
        }
        return fields.found;
    }

    private void add(List<String> parent, DataType type) {
        if (parent.size() > DEEPEST) {
            return;
        }
        switch (type) {
            case DataType.ArrayType(DataType element) -> add(parent, element);
            case DataType.ObjectType object -> {
                for (Field field : object.fields()) {
                    if (found.size() == MOST) {
                        return;
                    }
                    List<String> path = new ArrayList<>(parent);
                    path.add(field.name());
                    found.add(Map.of("path", path, "type", field.type().notation()));
                    add(path, field.type());
                }
            }
            default -> {
                // a value without parts, or a document of which nothing is known
            }
        }
    }
}
