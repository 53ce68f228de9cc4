package dev.sluice.engine.plan;

import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.List;

/** Applies a selection of fields to a stream. */
final class FieldChoice {
    private FieldChoice() {}

    /** The selected fields in the order of the stream. */
    static Schema select(CatalogStream stream, FieldSelection selection) {
        List<Field> all = stream.schema().fields();
        return switch (selection) {
            case FieldSelection.All ignored -> stream.schema();
            case FieldSelection.Include(List<String> names) -> {
                requireAll(stream, names);
                yield new Schema(all.stream()
                        .filter(field -> names.contains(field.name()))
                        .toList());
            }
            case FieldSelection.Exclude(List<String> names) -> {
                requireAll(stream, names);
                yield new Schema(all.stream()
                        .filter(field -> !names.contains(field.name()))
                        .toList());
            }
        };
    }

    /** Refuses a field that the stream does not have. */
    static void require(CatalogStream stream, String name, String message) {
        if (stream.schema().indexOf(name).isEmpty()) {
            List<String> names = stream.schema().names();
            throw Problem.of("E_FIELD_NOT_FOUND", ProblemKind.CONFIG, message)
                    .at(stream.id().toString())
                    .because("its fields are " + String.join(", ", names))
                    .fix(NearNames.nearest(name, names)
                            .map(near -> "did you mean " + near + "?")
                            .orElse(null))
                    .exception();
        }
    }

    private static void requireAll(CatalogStream stream, List<String> names) {
        names.forEach(name -> require(stream, name, "there is no field " + name + " to select"));
    }
}
