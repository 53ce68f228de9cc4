package dev.sluice.connector.mysql;

import dev.sluice.testkit.contract.EveryReadFailsContract;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.mariadb.MariaDbServer;
import java.util.Map;

/** Each call to the server fails once, and each row is read exactly once. */
final class EveryReadFailsTest extends EveryReadFailsContract {
    @Override
    protected TcpProxy connect() {
        return TcpProxy.to(MariaDbServer.shared().host(), MariaDbServer.shared().port());
    }

    @Override
    protected SourceFixture fixture(TcpProxy network) {
        return new MariaDbFixture(Map.of("host", network.host(), "port", network.port()));
    }
}
