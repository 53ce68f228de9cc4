package dev.sluice.dist.types;

import dev.sluice.dist.types.Plans.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A system that values come from and go to, seen without Sluice. */
interface Side extends Origin {
    /** Where the entries of altered values stand. */
    String META = "_airbyte_meta";

    /** The value of {@code connector} and {@code config} for it as a destination, which is another place than the source. */
    String destination();

    /** What arrived in a table of the destination, in any order. */
    List<Stored> read(Target target);

    /**
     * A row at the destination.
     *
     * @param id its number
     * @param texts the values of its other columns, each as the destination prints it
     * @param altered why values are marked as altered, by field
     */
    record Stored(int id, Map<String, @Nullable String> texts, Map<String, String> altered) {}
}
