package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.store.S3Server;
import dev.sluice.testkit.contract.DestinationFixture;
import dev.sluice.testkit.contract.EveryCallFailsContract;
import dev.sluice.testkit.fault.TcpProxy;

/** Each request to a store of objects fails once while files are written there, and no row is lost or doubled. */
class EveryStoreCallFailsTest extends EveryCallFailsContract {
    @Override
    protected TcpProxy connect() {
        return TcpProxy.to("127.0.0.1", S3Server.shared().port());
    }

    /** A copy is some forty requests. */
    @Override
    protected int stride() {
        return 17;
    }

    @Override
    protected DestinationFixture fixture(TcpProxy way) {
        S3Server server = S3Server.shared();
        return new StoreFixture(server, path -> server.options(path, way.port()), "csv", FileReading.CSV);
    }
}
