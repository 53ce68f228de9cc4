package dev.sluice.connector.mysql;

import dev.sluice.testkit.contract.EveryLogReadFailsContract;
import dev.sluice.testkit.drive.LogRuns;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyServer;
import java.util.HashMap;
import java.util.Map;

/** Each call fails once while the log is read, and no change is lost. */
final class EveryLogReadFailsTest extends EveryLogReadFailsContract {
    @Override
    protected TcpProxy connect() {
        return TcpProxy.to(MyServer.shared().host(), MyServer.shared().port());
    }

    @Override
    protected Server server(TcpProxy way) {
        MyDatabase database = MyServer.shared().createDatabase();
        Map<String, Object> options = new HashMap<>(LogFixture.FROM_THE_LOG);
        options.put("host", way.host());
        options.put("port", way.port());
        LogRuns runs = new LogRuns(database.name(), context -> OneRead.open(database, context, options));
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
