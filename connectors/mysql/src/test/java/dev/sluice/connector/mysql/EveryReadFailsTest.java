package dev.sluice.connector.mysql;

import dev.sluice.testkit.contract.EveryReadFailsContract;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.mysql.MyServer;
import java.util.Map;

/** Each call to the server fails once, and each row is read exactly once. */
final class EveryReadFailsTest extends EveryReadFailsContract {
    @Override
    protected TcpProxy connect() {
        return TcpProxy.to(MyServer.shared().host(), MyServer.shared().port());
    }

    @Override
    protected SourceFixture fixture(TcpProxy network) {
        return new TableFixture(Map.of("host", network.host(), "port", network.port()));
    }
}
