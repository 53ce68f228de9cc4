package dev.sluice.connector.postgres.destination;

import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.connector.postgres.session.ServerCheck;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;

/** Tries whether the destination can be written: connect, create what is needed, and take it back. */
final class DestinationCheck {
    private final PgConnections connections;
    private final DestinationSettings settings;

    DestinationCheck(PgConnections connections, DestinationSettings settings) {
        this.connections = connections;
        this.settings = settings;
    }

    CheckReport run() {
        return ServerCheck.run(connections, "write", this::write);
    }

    /** Creates schema and table in a transaction that is rolled back, so that nothing is left behind. */
    private Step write(PgSession session) {
        String schema = Quoting.identifier(settings.schema());
        session.begin();
        try {
            session.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
            session.execute("CREATE SCHEMA IF NOT EXISTS sluice_internal");
            session.execute("CREATE TABLE " + schema + ".\"_sluice_check\" (value integer)");
            session.execute("INSERT INTO " + schema + ".\"_sluice_check\" VALUES (1)");
            return Step.ok("write", "schema " + settings.schema());
        } finally {
            session.rollback();
        }
    }
}
