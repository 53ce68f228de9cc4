package dev.sluice.cli.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rejected records of a connection are meant.
 *
 * @param stream only those of this stream, as people write it; null for all
 * @param run only those that this run found; null for all
 * @param code only those with this reason; null for all
 * @param ids only these; empty for all
 * @param settled true if those are meant too that nobody has to look after any more
 */
public record RejectFilter(
        @Nullable String stream,
        @Nullable Long run,
        @Nullable String code,
        List<Long> ids,
        boolean settled) {
    /** All that somebody has to look after. */
    public static final RejectFilter OPEN = new RejectFilter(null, null, null, List.of(), false);

    public RejectFilter {
        ids = List.copyOf(ids);
    }
}
