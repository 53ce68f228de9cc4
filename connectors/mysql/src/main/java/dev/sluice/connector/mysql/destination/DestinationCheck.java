package dev.sluice.connector.mysql.destination;

import dev.sluice.connector.mysql.session.ConnectionCheck;
import dev.sluice.connector.mysql.session.MyConnections;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.session.Quoting;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Tries whether the destination can be written: connect, create what is needed, and take it back. */
final class DestinationCheck {
    private final MyConnections connections;
    private final DestinationSettings settings;
    private final Clock clock;

    DestinationCheck(MyConnections connections, DestinationSettings settings, Clock clock) {
        this.connections = connections;
        this.settings = settings;
        this.clock = clock;
    }

    CheckReport run() {
        return ConnectionCheck.run(connections, "write", session -> List.of(write(session), loading(session)));
    }

    private Step loading(MySession session) {
        boolean allowed = session.query("SELECT @@local_infile").getFirst().truth(0);
        return allowed
                ? Step.ok("load data", null)
                : Step.failed(
                        "load data",
                        Problem.of("E_LOCAL_INFILE", ProblemKind.CONFIG, "the server does not allow LOAD DATA LOCAL")
                                .at(connections.place())
                                .fix("SET GLOBAL local_infile = 1"));
    }

    /** Creates databases and a table, writes a row, and drops what was not there before. */
    private Step write(MySession session) {
        List<String> undo = new ArrayList<>();
        try {
            for (String database : List.of(settings.database(), settings.internal())) {
                if (session.query("SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?", database)
                        .isEmpty()) {
                    session.execute("CREATE DATABASE " + Quoting.identifier(database));
                    undo.add("DROP DATABASE " + Quoting.identifier(database));
                }
                String table = Quoting.table(database, "_sluice_check_" + clock.millis());
                session.execute("CREATE TABLE " + table + " (value int)");
                undo.add("DROP TABLE " + table);
                session.execute("INSERT INTO " + table + " VALUES (1)");
            }
            return Step.ok("write", "database " + settings.database());
        } finally {
            Collections.reverse(undo);
            undo.forEach(session::attempt);
        }
    }
}
