package dev.sluice.connector.sample.content;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A stream of made-up rows. Immutable. */
public final class SampleStream {
    /** The field that tells the rows apart, in all streams. */
    public static final String KEY = "id";

    /** The field that grows with every change, in all streams. */
    public static final String CURSOR = "updated_at";

    private final String name;
    private final List<SampleColumn> columns;
    private final History history;

    private SampleStream(String name, List<SampleColumn> columns, History history) {
        this.name = name;
        this.columns = columns;
        this.history = history;
    }

    static SampleStream of(Recipe recipe, String name, long rows, Function<History, List<SampleColumn>> columns) {
        History history = new History(Noise.of(recipe.seed(), name), rows, recipe.updates());
        List<SampleColumn> made = columns.apply(history);
        return new SampleStream(
                name,
                recipe.awkward() ? made.stream().map(SampleColumn::awkward).toList() : made,
                history);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** All its fields. */
    public Schema schema() {
        return new Schema(columns.stream().map(SampleColumn::field).toList());
    }

    /** Which rows there are. */
    public History history() {
        return history;
    }

    /**
     * Makes what fills batches of these fields.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it has no such field
     */
    public BatchFiller filler(Schema selected) {
        return new BatchFiller(
                selected, selected.fields().stream().map(this::column).toList());
    }

    private SampleColumn column(Field field) {
        Optional<SampleColumn> found =
                columns.stream().filter(column -> column.field().equals(field)).findFirst();
        return found.orElseThrow(() -> Problem.of(
                        "E_FIELD_NOT_FOUND",
                        ProblemKind.CONFIG,
                        "the stream has no field " + field.name() + " of the type "
                                + field.type().notation())
                .at(name)
                .fix("see what it has with `sluice discover`")
                .exception());
    }
}
