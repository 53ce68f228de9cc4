package dev.sluice.connector.mysql;

import dev.sluice.connector.mysql.source.SourceSettings;
import dev.sluice.connector.mysql.source.TableSource;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.Optional;

/** MySQL and MariaDB as a source. */
public final class MySqlSource implements SourceConnector {
    @Override
    public String name() {
        return "mysql";
    }

    @Override
    public String title() {
        return "MySQL and MariaDB";
    }

    @Override
    public String summary() {
        return "Reads tables and views by ranges of their keys, in parallel from one snapshot, whole or by cursor.";
    }

    @Override
    public String spec() {
        return SourceSettings.SPEC.jsonSchema();
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return MySqlUri.config(uri);
    }

    @Override
    public Source open(Config config, ConnectorContext context) {
        return new TableSource(SourceSettings.SPEC.read(config), context);
    }
}
