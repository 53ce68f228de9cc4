package dev.sluice.dist.types;

import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.rows.Meaning;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code sluice plan} says of where values will stand. */
final class Plans {
    private Plans() {}

    /**
     * Where a field will stand.
     *
     * @param field its name
     * @param notation its type as the plan writes it
     * @param column the column
     * @param columnType the type of the column
     * @param fit how well the plan says that the values fit
     * @param note what the plan says of those that do not; null for nothing
     */
    record Column(
            String field,
            String notation,
            String column,
            String columnType,
            Fit fit,
            @Nullable String note) {
        DataType type() {
            return Notation.type(notation);
        }
    }

    /**
     * A table of a destination.
     *
     * @param location where the plan says that it is
     * @param table its name, without what is around it
     * @param columns its columns but those of metadata
     */
    record Target(String location, String table, List<Column> columns) {}

    /** The targets by connection, each of which has one stream. */
    static Map<String, Target> read(String json, Map<String, String> tables) {
        Map<String, Target> targets = new HashMap<>();
        for (Object connection : Facts.elements(Facts.at(Facts.at(Meaning.normal(json), "result"), "connections"))) {
            String name = String.valueOf(Facts.text(Facts.at(connection, "connection")));
            if (!Facts.elements(Facts.at(connection, "problems")).isEmpty()) {
                throw new AssertionError(name + ": " + Facts.json(Facts.at(connection, "problems")));
            }
            Object stream = Facts.elements(Facts.at(connection, "streams")).getFirst();
            targets.put(
                    name,
                    new Target(
                            String.valueOf(Facts.text(Facts.at(stream, "target"))),
                            String.valueOf(tables.get(name)),
                            Facts.elements(Facts.at(stream, "columns")).stream()
                                    .map(Plans::column)
                                    .toList()));
        }
        return targets;
    }

    private static Column column(Object facts) {
        return new Column(
                String.valueOf(Facts.text(Facts.at(facts, "field"))),
                String.valueOf(Facts.text(Facts.at(facts, "type"))),
                String.valueOf(Facts.text(Facts.at(facts, "column"))),
                String.valueOf(Facts.text(Facts.at(facts, "column_type"))),
                Fit.valueOf(String.valueOf(Facts.text(Facts.at(facts, "fit"))).toUpperCase(Locale.ROOT)),
                Facts.text(Facts.at(facts, "note")));
    }
}
