package dev.sluice.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.engine.serve.ServerWish;
import dev.sluice.server.net.ProcessGuard;
import dev.sluice.server.net.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the server itself was told of may be reached at its port, and nothing else of the same machine. */
class GuardingTest {
    private static Throwable connecting(int port) {
        return catchThrowable(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 2_000);
            }
        });
    }

    @Test
    void theStoreIsReachedAtItsPortOnly() throws IOException {
        try (ServerSocket store = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerWish wish = new ServerWish(
                    Path.of("data"),
                    "postgresql://sluice:canary-8d@127.0.0.1:" + store.getLocalPort() + "/sluice",
                    "0.0.0.0",
                    0,
                    Map.of("SLUICE_SMTP_URL", "smtp://mail.example"));
            Reach reach = Guarding.whole(wish, Reach.PUBLIC);
            try (ProcessGuard _ = ProcessGuard.begin(reach)) {
                assertThat(connecting(store.getLocalPort())).isNull();
                assertThat(connecting(other.getLocalPort())).hasMessageContaining("does not connect to this host");
                assertThat(InetAddress.getLocalHost())
                        .as("its own name may be asked for")
                        .isNotNull();
            }
            assertThat(connecting(other.getLocalPort())).isNull();
        }
    }

    @Test
    void aMistakeIsToldAtTheStart() {
        assertThatThrownBy(() -> Guarding.reach(Map.of("SLUICE_REACH", "10.0.0.0/99")))
                .hasMessageContaining("does not make sense");
        assertThat(Guarding.reach(Map.of()).isAll()).isFalse();
    }
}
