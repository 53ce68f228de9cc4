package dev.sluice.dist.types;

import dev.sluice.dist.types.Plans.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A system that values come from and go to, seen without Sluice. */
interface Side extends AutoCloseable {
    /** The table, or file, that the values come from. */
    String TABLE = "samples";

    /** The column that numbers the rows from 1. */
    String ID = "id";

    /** Where the entries of altered values stand. */
    String META = "_airbyte_meta";

    /** The word for it in project files and pages. */
    String name();

    /** The value of {@code connector} and {@code config} for it as a source. */
    String source();

    /** The same as a destination, which is another place than the source. */
    String destination();

    /** The name of the stream that {@link #create} makes. */
    String stream();

    /** The types that it knows. */
    List<NativeColumn> columns();

    /** Makes the table. */
    void create(Content content);

    /** What arrived in a table of the destination, in any order. */
    List<Stored> read(Target target);

    @Override
    void close();

    /**
     * A row at the destination.
     *
     * @param id its number
     * @param texts the values of its other columns, each as the destination prints it
     * @param altered why values are marked as altered, by field
     */
    record Stored(int id, Map<String, @Nullable String> texts, Map<String, String> altered) {}
}
