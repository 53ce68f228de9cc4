package dev.sluice.cdk.sql;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The tables and views that a source has seen in the catalog of its database. Thread-safe.
 *
 * @param <R> the connector's kind of relation
 */
public final class KnownRelations<R> {
    private final Map<StreamId, R> relations = new ConcurrentHashMap<>();
    private final Consumer<StreamId> discovery;
    private final String place;

    /**
     * Knows nothing yet.
     *
     * @param discovery looks for a stream in the catalog and notes what it finds
     * @param place the database, for messages
     */
    public KnownRelations(Consumer<StreamId> discovery, String place) {
        this.discovery = discovery;
        this.place = place;
    }

    /** Remembers what was found. */
    public void note(StreamId stream, R relation) {
        relations.put(stream, relation);
    }

    /**
     * What was found under a name, or is found now.
     *
     * @throws dev.sluice.spi.problem.ProblemException if there is nothing that may be read
     */
    public R get(StreamId stream) {
        R known = relations.get(stream);
        if (known == null) {
            discovery.accept(stream);
            known = relations.get(stream);
        }
        if (known == null) {
            throw Problem.of("E_NO_TABLE", ProblemKind.CONFIG, "there is no table or view " + stream)
                    .at(place)
                    .because("it does not exist, or the user may not read it")
                    .fix("see what there is with `sluice discover`")
                    .exception();
        }
        return known;
    }

    /**
     * The problem of a database in which nothing can be read.
     *
     * @param parts the parts of it that were looked at; empty for all
     */
    public static Problem nothingReadable(List<String> parts, String place) {
        String where = parts.isEmpty() ? "" : " in " + String.join(", ", parts);
        return Problem.of("E_NOTHING_READABLE", ProblemKind.PERMISSION, "the user can read no table or view" + where)
                .at(place);
    }
}
