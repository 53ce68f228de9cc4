package dev.sluice.spi.workbench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page.
 *
 * @param records its records, in JSON, after all filters and transformations
 * @param exchange the request that it came by; null if another one had told it before
 */
public record TestPage(List<String> records, @Nullable WireExchange exchange) {
    /** Copies the list. */
    public TestPage {
        records = List.copyOf(records);
    }
}
