package dev.sluice.connector.postgres;

import dev.sluice.testkit.contract.EveryReadFailsContract;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.postgres.PostgresServer;
import java.util.Map;

/** Each call to the server fails once, and each row is read exactly once. */
final class EveryReadFailsTest extends EveryReadFailsContract {
    @Override
    protected TcpProxy connect() {
        return TcpProxy.to(
                PostgresServer.shared().host(), PostgresServer.shared().port());
    }

    @Override
    protected SourceFixture fixture(TcpProxy network) {
        return new PostgresFixture(Map.of("host", network.host(), "port", network.port()));
    }
}
