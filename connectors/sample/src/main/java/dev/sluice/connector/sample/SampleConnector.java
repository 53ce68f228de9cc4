package dev.sluice.connector.sample;

import dev.sluice.cdk.config.Query;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.Optional;

/** Makes up users, products and purchases. */
public final class SampleConnector implements SourceConnector {
    private static final String NAME = "sample";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Sample data";
    }

    @Override
    public String summary() {
        return "Makes up users, products and purchases, the same for the same seed, as many as you like.";
    }

    @Override
    public String spec() {
        return SampleOptions.SPEC.jsonSchema();
    }

    /** {@code sample}, {@code sample:} or {@code sample://}, with options such as {@code ?count=1000000&seed=7}. */
    @Override
    public Optional<Config> fromUri(String uri) {
        return Query.ofBareAddress(NAME, uri).map(Config::of);
    }

    @Override
    public Source open(Config config, ConnectorContext context) {
        return new SampleSource(SampleOptions.read(config), context);
    }
}
