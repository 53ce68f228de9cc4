package dev.sluice.server.api;

import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.Optional;

/** Connectors that are only configured here, and never opened. */
final class TestConnectors {
    static final String SPEC = """
        {"type": "object", "required": ["host"], "properties": {"host": {"type": "string"},
         "port": {"type": "integer"}, "password": {"type": "string", "airbyte_secret": true}}}\
        """;

    private TestConnectors() {}

    static final class Shop implements SourceConnector {
        @Override
        public String name() {
            return "postgres";
        }

        @Override
        public String title() {
            return "Shop";
        }

        @Override
        public String summary() {
            return "Reads a shop.";
        }

        @Override
        public String spec() {
            return SPEC;
        }

        @Override
        public Optional<Config> fromUri(String uri) {
            return Optional.empty();
        }

        @Override
        public Source open(Config config, ConnectorContext context) {
            throw new UnsupportedOperationException();
        }
    }

    static final class Lake implements DestinationConnector {
        @Override
        public String name() {
            return "lake";
        }

        @Override
        public String title() {
            return "Lake";
        }

        @Override
        public String summary() {
            return "Writes a lake.";
        }

        @Override
        public String spec() {
            return SPEC;
        }

        @Override
        public Optional<Config> fromUri(String uri) {
            return Optional.empty();
        }

        @Override
        public Destination open(Config config, ConnectorContext context) {
            throw new UnsupportedOperationException();
        }
    }
}
