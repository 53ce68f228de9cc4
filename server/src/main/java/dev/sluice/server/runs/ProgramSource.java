package dev.sluice.server.runs;

import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.Optional;

/** A source that is a program of its own, configured with its own options. */
record ProgramSource(SourceConnector programs, ProgramTold told) implements SourceConnector {
    @Override
    public String name() {
        return told.name();
    }

    @Override
    public String title() {
        return told.title();
    }

    @Override
    public String summary() {
        return programs.summary();
    }

    @Override
    public String spec() {
        return told.spec();
    }

    @Override
    public boolean runsPrograms() {
        return true;
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return Optional.empty();
    }

    @Override
    public Source open(Config config, ConnectorContext context) {
        return programs.open(told.whole(config), told.inside(context));
    }
}
