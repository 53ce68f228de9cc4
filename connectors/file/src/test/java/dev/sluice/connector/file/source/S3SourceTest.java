package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.file.store.S3Server;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.fault.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3SourceTest extends StoreSourceContract {
    S3SourceTest() {
        super(S3Server.shared());
    }

    @Test
    void aConnectionThatBreaksIsTakenUpAgain() throws IOException {
        write("a.csv", table(40_000));
        URI endpoint = URI.create(S3Server.shared().endpoint());
        try (TcpProxy proxy = TcpProxy.to("127.0.0.1", endpoint.getPort())) {
            Map<String, Object> options = options("a.csv");
            options.put("s3_endpoint", "http://127.0.0.1:" + proxy.port());
            try (SourceDriver driver = SourceDriver.withSplits(options, 1L << 30);
                    StreamReading reading = driver.beginInLargeBatches()) {
                proxy.set(new TcpProxy.Mode.CutAfterFromServer(400_000));
                assertThat(reading.readAll().rows()).hasSize(40_000);
            }
        }
    }
}
