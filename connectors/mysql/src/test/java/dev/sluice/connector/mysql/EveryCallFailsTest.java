package dev.sluice.connector.mysql;

import dev.sluice.testkit.contract.DestinationFixture;
import dev.sluice.testkit.contract.EveryCallFailsContract;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.mysql.MyServer;
import java.util.Map;

/** Each call to the server fails once, and nothing is lost or doubled. */
final class EveryCallFailsTest extends EveryCallFailsContract {
    @Override
    protected TcpProxy connect() {
        return TcpProxy.to(MyServer.shared().host(), MyServer.shared().port());
    }

    @Override
    protected DestinationFixture fixture(TcpProxy network) {
        return new MyPlace(Map.of("host", network.host(), "port", network.port()));
    }
}
