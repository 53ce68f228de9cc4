package dev.sluice.cli.session;

import dev.sluice.engine.shelf.RejectEntries;
import dev.sluice.engine.shelf.RejectTable;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Rejected records as a source like others, so that they get into a table by a run like others.
 *
 * @param entries tells all of them, from the first one on
 * @param clock the time
 */
record RejectConnector(Supplier<RejectEntries> entries, Clock clock) implements SourceConnector {
    @Override
    public String name() {
        return "rejects";
    }

    @Override
    public String title() {
        return "Rejected records";
    }

    @Override
    public String summary() {
        return "Reads the records that runs of this project have rejected.";
    }

    @Override
    public String spec() {
        return "{\"type\": \"object\", \"properties\": {}}";
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return Optional.empty();
    }

    @Override
    public Source open(Config config, ConnectorContext context) {
        return new RejectTable(entries, clock);
    }
}
