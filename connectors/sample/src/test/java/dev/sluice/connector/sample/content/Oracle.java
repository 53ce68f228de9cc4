package dev.sluice.connector.sample.content;

import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of streams, made one row at a time and all fields in their own order, so that nothing depends on ranges,
 * batches or chosen fields.
 */
public final class Oracle {
    private Oracle() {}

    /** The stream of this name. */
    public static SampleStream stream(Recipe recipe, String name) {
        return recipe.streams().stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The rows of a version, by id. */
    public static List<Row> content(SampleStream stream, int version) {
        return content(stream, stream.schema(), version);
    }

    /** Some fields of the rows of a version, by id. */
    public static List<Row> content(SampleStream stream, Schema fields, int version) {
        List<Row> rows = new ArrayList<>();
        BatchFiller filler = stream.filler(fields);
        for (long id = 1; id <= stream.history().lastId(version); id++) {
            Chunk chunk = new Chunk(1);
            stream.history().addContent(chunk, id, id, version);
            if (chunk.size() == 1) {
                rows.addAll(Rows.of(filler.fill(chunk, false, 0)));
            }
        }
        return rows;
    }
}
