package dev.sluice.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.testkit.host.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    private final ServerSocket echo;
    private final TcpProxy proxy;
    private final AtomicLong received = new AtomicLong();

    TcpProxyTest() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = TcpProxy.to(echo.getInetAddress().getHostAddress(), echo.getLocalPort());
    }

    /** Sends back what it gets, in a thread a client. */
    @BeforeEach
    void startServer() {
        Thread.ofPlatform().daemon().start(() -> {
            while (!echo.isClosed()) {
                try {
                    Socket client = echo.accept();
                    Thread.ofPlatform().daemon().start(() -> {
                        try (client) {
                            InputStream in = client.getInputStream();
                            for (int next = in.read(); next >= 0; next = in.read()) {
                                received.incrementAndGet();
                                client.getOutputStream().write(next);
                            }
                        } catch (IOException cut) {
                            // The test cut it.
                        }
                    });
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    @AfterEach
    void stopServer() throws IOException {
        proxy.close();
        echo.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getAllByName(proxy.host())[0], proxy.port());
        socket.setSoTimeout(300);
        return socket;
    }

    private static String echoed(Socket socket, String text) throws IOException {
        send(socket, text);
        return receive(socket, text.length());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String receive(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    @Test
    void bytesPassAndAreCounted() throws IOException {
        try (Socket socket = connect()) {
            assertThat(echoed(socket, "hello")).isEqualTo("hello");
            assertThat(proxy.connections()).isEqualTo(1);
            assertThat(proxy.bytesToServer()).isEqualTo(5);
            assertThat(proxy.bytesToClient()).isEqualTo(5);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        Await.until("the connection is gone", () -> proxy.open() == 0);
    }

    @Test
    void cutConnectionsBreakAndNewOnesWork() throws IOException {
        try (Socket socket = connect()) {
            assertThat(echoed(socket, "a")).isEqualTo("a");
            proxy.cut();
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> receive(socket, 1));
        }
        try (Socket socket = connect()) {
            assertThat(echoed(socket, "b")).isEqualTo("b");
        }
    }

    @Test
    void aHalfOpenNetworkHoldsBytesBackUntilItPassesAgain() throws IOException {
        try (Socket socket = connect()) {
            assertThat(echoed(socket, "a")).isEqualTo("a");
            proxy.set(new TcpProxy.Mode.HalfOpen());
            send(socket, "b");
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> receive(socket, 1));
            proxy.set(new TcpProxy.Mode.Pass());
            socket.setSoTimeout(30_000);
            assertThat(receive(socket, 1)).isEqualTo("b");
        }
    }

    @Test
    void aRefusingNetworkKeepsOldConnections() throws IOException {
        try (Socket old = connect()) {
            assertThat(echoed(old, "a")).isEqualTo("a");
            proxy.set(new TcpProxy.Mode.Refuse());
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                try (Socket refused = connect()) {
                    echoed(refused, "b");
                    receive(refused, 1);
                }
            });
            assertThat(echoed(old, "c")).isEqualTo("c");
        }
    }

    @Test
    void aDelayedNetworkTakesItsTime() throws IOException {
        proxy.set(new TcpProxy.Mode.Delay(Duration.ofMillis(50)));
        long begun = System.nanoTime();
        try (Socket socket = connect()) {
            socket.setSoTimeout(30_000);
            assertThat(echoed(socket, "a")).isEqualTo("a");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aThrottledNetworkIsSlow() throws IOException {
        proxy.set(new TcpProxy.Mode.Throttle(10_000));
        long begun = System.nanoTime();
        try (Socket socket = connect()) {
            socket.setSoTimeout(30_000);
            String text = "x".repeat(1_000);
            assertThat(echoed(socket, text)).isEqualTo(text);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThatIllegalArgumentException().isThrownBy(() -> new TcpProxy.Mode.Throttle(0));
    }

    @Test
    void aConnectionIsCutAfterSoManyBytesOfTheServer() throws IOException {
        try (Socket socket = connect()) {
            assertThat(echoed(socket, "before")).isEqualTo("before");
            proxy.set(new TcpProxy.Mode.CutAfterFromServer(4));
            send(socket, "123456");
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> receive(socket, 6));
            Await.until("the rest was passed", () -> proxy.bytesToClient() == 10);
            assertThat(proxy.bytesToServer()).isEqualTo(12);
        }
    }

    /** The server answers while it reads: that nobody takes the answers must not cost it what it has not read yet. */
    @Test
    void aConnectionIsCutAfterTheServerGotItsBytes() throws IOException {
        try (Socket socket = connect()) {
            assertThat(echoed(socket, "before")).isEqualTo("before");
            socket.setSoTimeout(30_000);
            proxy.set(new TcpProxy.Mode.CutAfterToServer(10_000));
            send(socket, "x".repeat(20_000));
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> receive(socket, 20_000));
            Await.until("the server has what was passed", () -> received.get() == 10_006);
            assertThat(proxy.bytesToServer()).isEqualTo(10_006);
        }
    }

    @Test
    void anUnreachableServerBreaksTheConnection() throws IOException {
        echo.close();
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
            try (Socket socket = connect()) {
                echoed(socket, "a");
                if (receive(socket, 1).isEmpty()) {
                    throw new SocketException("closed");
                }
            }
        });
    }
}
