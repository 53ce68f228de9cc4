package dev.sluice.server.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.net.ProcessGuard;
import dev.sluice.server.net.Reach;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.workbench.TestLimits;
import dev.sluice.spi.workbench.TestRequest;
import dev.sluice.spi.workbench.TestResult;
import dev.sluice.spi.workbench.TestStart;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test of the Connector Builder gets no further into the operator's network than a source does. */
class BuilderGuardTest {
    private static final ConnectorContext HOST = new ConnectorContext() {
        @Override
        public void log(Level level, String message) {}

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    private static TestResult run(String url) {
        String manifest = """
            version: 6.0.0
            type: DeclarativeSource
            check: {type: CheckStream, stream_names: [inside]}
            streams:
              - type: DeclarativeStream
                name: inside
                retriever:
                  type: SimpleRetriever
                  requester: {type: HttpRequester, url: "URL"}
                  record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}
            """.replace("URL", url);
        return Manifests.workbench(Clock.systemUTC())
                .open(
                        new TestRequest(
                                manifest,
                                "inside",
                                Config.of(Map.of()),
                                TestLimits.USUAL,
                                TestStart.BEGINNING,
                                false,
                                null),
                        HOST)
                .run(progress -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:PORT/", "http://[::1]:PORT/", "http://0.0.0.0:PORT/"})
    void theInsideIsNotReached(String url) throws IOException {
        try (ServerSocket inside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ProcessGuard _ = ProcessGuard.begin(Reach.PUBLIC)) {
            inside.setSoTimeout(1);
            TestResult result = run(url.replace("PORT", String.valueOf(inside.getLocalPort())));
            assertThat(Objects.requireNonNull(result.end().problem()).code()).isEqualTo("E_REACH");
            assertThat(result.end().path()).isEqualTo("streams/0/retriever/requester");
            assertThat(result.records()).isEmpty();
            assertThat(isAsked(inside)).as("somebody has connected").isFalse();
        }
    }

    @Test
    void thePlaceWhereCloudsTellTheirSecretsIsNotReached() {
        try (ProcessGuard _ = ProcessGuard.begin(Reach.PUBLIC)) {
            TestResult result = run("http://169.254.169.254/latest/meta-data/");
            assertThat(Objects.requireNonNull(result.end().problem()).toString())
                    .contains("does not connect");
        }
    }

    private static boolean isAsked(ServerSocket socket) {
        try {
            socket.accept().close();
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
