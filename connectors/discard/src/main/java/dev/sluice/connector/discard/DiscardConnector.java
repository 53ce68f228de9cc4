package dev.sluice.connector.discard;

import dev.sluice.cdk.config.Query;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.Optional;

/** Takes everything and keeps nothing. */
public final class DiscardConnector implements DestinationConnector {
    private static final String NAME = "discard";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Discard";
    }

    @Override
    public String summary() {
        return "Takes every row, counts it and keeps nothing; for trying and measuring sources.";
    }

    @Override
    public String spec() {
        return DiscardOptions.SPEC.jsonSchema();
    }

    /** {@code discard}, {@code discard:} or {@code discard://}, with options such as {@code ?fail_after_rows=1000}. */
    @Override
    public Optional<Config> fromUri(String uri) {
        return Query.ofBareAddress(NAME, uri).map(Config::of);
    }

    @Override
    public Destination open(Config config, ConnectorContext context) {
        return new DiscardDestination(DiscardOptions.read(config));
    }
}
