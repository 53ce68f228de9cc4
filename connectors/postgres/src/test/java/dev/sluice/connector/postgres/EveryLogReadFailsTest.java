package dev.sluice.connector.postgres;

import dev.sluice.testkit.contract.EveryLogReadFailsContract;
import dev.sluice.testkit.drive.LogRuns;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.util.Map;

/** Each call fails once while the log is read, and no change is lost. */
final class EveryLogReadFailsTest extends EveryLogReadFailsContract {
    @Override
    protected TcpProxy connect() {
        return TcpProxy.to(
                PostgresServer.shared().host(), PostgresServer.shared().port());
    }

    @Override
    protected Server server(TcpProxy way) {
        PostgresDatabase database = PostgresServer.shared().createDatabase();
        LogRuns runs = new LogRuns(
                "public",
                context -> new PostgresSource()
                        .open(
                                LogFixture.config(
                                        database, database.name(), 60, Map.of("host", way.host(), "port", way.port())),
                                context));
        return new Server() {
            @Override
            public LogRuns runs() {
                return runs;
            }

            @Override
            public void execute(String... statements) {
                database.execute(statements);
            }

            @Override
            public void close() {
                database.close();
            }
        };
    }
}
