package dev.sluice.engine.schema;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares two descriptions of one stream. Fields are followed into objects and arrays; a renamed field is one that is
 * gone and one that is new, as no source says more.
 */
public final class SchemaDiff {
    /** What the level of an array's elements is called in a path. */
    private static final String ITEMS = "items";

    private final List<SchemaChange> changes = new ArrayList<>();

    private SchemaDiff() {}

    /**
     * What has changed, in the order of the fields.
     *
     * @param before the fields that were copied
     * @param now the fields that would be copied
     * @param known the stream as it was
     * @param current the stream as it is
     */
    public static List<SchemaChange> between(Schema before, Schema now, CatalogStream known, CatalogStream current) {
        SchemaDiff diff = new SchemaDiff();
        diff.compare(List.of(), before.fields(), now.fields());
        if (!new HashSet<>(known.primaryKey()).equals(new HashSet<>(current.primaryKey()))) {
            diff.changes.add(new SchemaChange.KeyChanged(known.primaryKey(), current.primaryKey()));
        }
        if (known.supportsIncremental() != current.supportsIncremental()) {
            diff.changes.add(new SchemaChange.IncrementalChanged(current.supportsIncremental()));
        }
        return diff.changes;
    }

    /** What has changed in a stream of which all fields are copied. */
    public static List<SchemaChange> between(CatalogStream known, CatalogStream current) {
        return between(known.schema(), current.schema(), known, current);
    }

    private void compare(List<String> parents, List<Field> before, List<Field> now) {
        Map<String, DataType> left = new LinkedHashMap<>();
        before.forEach(field -> left.put(field.name(), field.type()));
        for (Field field : now) {
            List<String> path = below(parents, field.name());
            DataType old = left.remove(field.name());
            if (old == null) {
                changes.add(new SchemaChange.FieldAdded(new FieldPath(path), field.type()));
            } else {
                compare(path, old, field.type());
            }
        }
        left.forEach(
                (name, type) -> changes.add(new SchemaChange.FieldRemoved(new FieldPath(below(parents, name)), type)));
    }

    private void compare(List<String> path, DataType before, DataType now) {
        if (before.equals(now)) {
            return;
        }
        if (before instanceof DataType.ObjectType(List<Field> old)
                && now instanceof DataType.ObjectType(List<Field> young)
                && !old.isEmpty()
                && !young.isEmpty()) {
            compare(path, old, young);
        } else if (before instanceof DataType.ArrayType(DataType old)
                && now instanceof DataType.ArrayType(DataType young)) {
            compare(below(path, ITEMS), old, young);
        } else {
            changes.add(new SchemaChange.FieldRetyped(new FieldPath(path), before, now));
        }
    }

    private static List<String> below(List<String> parents, String name) {
        List<String> path = new ArrayList<>(parents);
        path.add(name);
        return path;
    }
}
