package dev.sluice.connector.file.source;

import dev.sluice.connector.file.input.TestServer;
import dev.sluice.testkit.contract.EveryReadFailsContract;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.contract.SourceTrait;
import dev.sluice.testkit.fault.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Each request to a web server fails once, and each row of its file is read exactly once. */
final class EveryReadFailsTest extends EveryReadFailsContract {
    private final TestServer server = new TestServer(KnownFile.content(ROWS).getBytes(StandardCharsets.UTF_8));

    @Override
    protected TcpProxy connect() {
        return TcpProxy.to("127.0.0.1", server.port());
    }

    @Override
    protected SourceFixture fixture(TcpProxy network) {
        return new KnownFile(
                Map.of("path", "http://127.0.0.1:" + network.port() + "/orders.csv"),
                Map.of("path", "http://127.0.0.1:1/orders.csv"),
                Map.of(SourceTrait.INCREMENTAL, "one file of the web has no past"),
                server::close);
    }
}
