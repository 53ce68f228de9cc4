package dev.sluice.engine.plan;

import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies a selection of fields to a stream. */
final class FieldChoice {
    private FieldChoice() {}

    /** The selected fields in the order of the stream. */
    static Schema select(CatalogStream stream, FieldSelection selection) {
        return select(stream, selection, null);
    }

    /**
     * The selected fields in the order of the stream.
     *
     * @param before the stream as it was; a selection may name a field that only that has. Null if nobody knows
     */
    static Schema select(CatalogStream stream, FieldSelection selection, @Nullable CatalogStream before) {
        List<Field> all = stream.schema().fields();
        return switch (NestedFields.topLevel(selection, stream.schema())) {
            case FieldSelection.All ignored -> stream.schema();
            case FieldSelection.Include(List<String> names) -> {
                requireAll(stream, names, before);
                yield new Schema(all.stream()
                        .filter(field -> names.contains(field.name()))
                        .toList());
            }
            case FieldSelection.Exclude(List<String> names) -> {
                requireAll(stream, names, before);
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

    /**
     * The fields that were copied of a stream as it was. A field that the selection names counts among them: whoever names
     * it has accepted it.
     */
    static Schema selectKnown(CatalogStream before, FieldSelection selection, Schema selectedNow) {
        List<Field> all = before.schema().fields();
        return switch (NestedFields.topLevel(selection, before.schema())) {
            case FieldSelection.All ignored -> before.schema();
            case FieldSelection.Include(List<String> names) -> {
                List<Field> fields = new ArrayList<>(all.stream()
                        .filter(field -> names.contains(field.name()))
                        .toList());
                selectedNow.fields().stream()
                        .filter(field -> before.schema().indexOf(field.name()).isEmpty())
                        .forEach(fields::add);
                yield new Schema(fields);
            }
            case FieldSelection.Exclude(List<String> names) ->
                new Schema(all.stream()
                        .filter(field -> !names.contains(field.name()))
                        .toList());
        };
    }

    private static void requireAll(CatalogStream stream, List<String> names, @Nullable CatalogStream before) {
        for (String name : names) {
            if (before == null || before.schema().indexOf(name).isEmpty()) {
                require(stream, name, "there is no field " + name + " to select");
            }
        }
    }
}
