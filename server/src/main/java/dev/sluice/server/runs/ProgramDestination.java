package dev.sluice.server.runs;

import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.Optional;

/** A destination that is a program of its own, configured with its own options. */
record ProgramDestination(DestinationConnector programs, ProgramTold told) implements DestinationConnector {
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
    public Destination open(Config config, ConnectorContext context) {
        return programs.open(told.whole(config), told.inside(context));
    }
}
