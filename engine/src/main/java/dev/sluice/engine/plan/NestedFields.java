package dev.sluice.engine.plan;

import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.map.MapperSetting;
import dev.sluice.engine.map.MapperSpec;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A selection that names fields inside of documents, such as {@code address.city}: the document is read, and of it only
 * the named parts go on. A field whose own name has the dots comes first.
 */
final class NestedFields {
    private NestedFields() {}

    /** A name in a selection: a field, and a path inside of it that may be empty. */
    private record Named(String field, List<String> path) {}

    /** The selection of the fields themselves. */
    static FieldSelection topLevel(FieldSelection selection, Schema schema) {
        if (!(selection instanceof FieldSelection.Include(List<String> names))) {
            return selection;
        }
        Set<String> fields = new LinkedHashSet<>();
        names.forEach(name -> fields.add(named(name, schema).field));
        return new FieldSelection.Include(List.copyOf(fields));
    }

    /** What is left of documents of which only a part is selected. */
    static List<MapperSetting> selects(FieldSelection selection, Schema schema) {
        if (!(selection instanceof FieldSelection.Include(List<String> names))) {
            return List.of();
        }
        Map<String, List<List<String>>> paths = new LinkedHashMap<>();
        for (String name : names) {
            Named named = named(name, schema);
            if (!named.path.isEmpty() && !names.contains(named.field)) {
                paths.computeIfAbsent(named.field, ignored -> new ArrayList<>()).add(named.path);
            }
        }
        return paths.entrySet().stream()
                .map(each -> MapperSetting.of(new MapperSpec.Select(each.getKey(), each.getValue())))
                .toList();
    }

    private static Named named(String name, Schema schema) {
        if (schema.indexOf(name).isPresent()) {
            return new Named(name, List.of());
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            String field = name.substring(0, dot);
            if (schema.indexOf(field).isPresent() && dot < name.length() - 1) {
                return new Named(field, List.of(name.substring(dot + 1).split("\\.")));
            }
        }
        return new Named(name, List.of());
    }
}
