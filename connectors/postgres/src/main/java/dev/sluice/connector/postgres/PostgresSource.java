package dev.sluice.connector.postgres;

import dev.sluice.connector.postgres.source.PgSource;
import dev.sluice.connector.postgres.source.SourceSettings;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.Optional;

/** PostgreSQL as a source. */
public final class PostgresSource implements SourceConnector {
    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String title() {
        return "PostgreSQL";
    }

    @Override
    public String summary() {
        return "Reads tables and views by COPY, in parallel from one snapshot, whole or by cursor.";
    }

    @Override
    public String spec() {
        return SourceSettings.SPEC.jsonSchema();
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return PostgresUri.config(uri, "schemas");
    }

    @Override
    public Source open(Config config, ConnectorContext context) {
        return PgSource.open(SourceSettings.SPEC.read(config), context);
    }
}
