package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.file.store.Exchange;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.S3Server;
import dev.sluice.testkit.contract.EveryReadFailsContract;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.contract.SourceTrait;
import dev.sluice.testkit.fault.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Each request to a store of objects fails once, and each row of its file is read exactly once. */
final class EveryStoreReadFailsTest extends EveryReadFailsContract {
    private final S3Server server = S3Server.shared();
    private final String bucket = server.newBucket();

    @Override
    protected TcpProxy connect() {
        try (ObjectStore store = server.store(bucket)) {
            byte[] content = KnownFile.content(ROWS).getBytes(StandardCharsets.UTF_8);
            assertThat(Exchange.put(store, "orders.csv", content, "")).isPresent();
        }
        return TcpProxy.to("127.0.0.1", server.port());
    }

    @Override
    protected SourceFixture fixture(TcpProxy network) {
        String path = server.address(bucket) + "orders.csv";
        return new KnownFile(
                server.options(path, network.port()),
                server.options(path, 1),
                Map.of(SourceTrait.INCREMENTAL, "a single file has no past"),
                () -> {});
    }
}
