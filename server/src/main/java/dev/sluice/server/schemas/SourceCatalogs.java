package dev.sluice.server.schemas;

import java.util.UUID;

/** Tells what sources offer; asks them where that is not known. May take minutes, so it is not for transactions. */
public interface SourceCatalogs {
    /**
     * What a source offers.
     *
     * @param anew true to ask it even if it was asked a short while ago
     * @throws dev.sluice.spi.problem.ProblemException if it cannot be asked
     */
    CatalogVersion current(UUID sourceId, boolean anew);
}
