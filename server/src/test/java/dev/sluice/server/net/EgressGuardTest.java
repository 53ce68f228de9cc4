package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the server lets itself be sent, and that it goes nowhere else on the way. */
class EgressGuardTest {
    private static final GuardedHttp OPEN = new GuardedHttp(EgressGuard.open(), Duration.ofSeconds(5));

    private static String why(Runnable refused) {
        return String.valueOf(
                catchThrowableOfType(ProblemException.class, refused::run).problem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "2130706433",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:a9fe:a9fe]",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "[fc00::1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[2001:0:1::]",
                "[ff02::1]"
            })
    void whatIsNotPublicIsRefused(String host) {
        URI uri = EgressGuard.parse("http://" + host + "/hook");
        assertThat(why(() -> EgressGuard.strict().check(uri))).contains("not public");
        assertThat(EgressGuard.open().check(uri)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "192.169.0.1", "[2606:4700::1111]", "[64:ff9b::808:808]"})
    void whatIsPublicPasses(String host) {
        assertThat(EgressGuard.strict().check(EgressGuard.parse("https://" + host)))
                .isNotNull();
    }

    private static EgressGuard knowing(String... addresses) {
        return EgressGuard.strict(_ -> {
            InetAddress[] all = new InetAddress[addresses.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getByName(addresses[i]);
            }
            return all;
        });
    }

    @Test
    void aNameCountsByAllThatItStandsFor() {
        URI uri = EgressGuard.parse("https://hooks.example.org/x");
        assertThat(knowing("8.8.8.8").check(uri).getHostAddress()).isEqualTo("8.8.8.8");
        assertThat(why(() -> knowing("8.8.8.8", "10.0.0.1").check(uri))).contains("not public");
        EgressGuard nobody = EgressGuard.strict(host -> {
            throw new UnknownHostException(host);
        });
        assertThatThrownBy(() -> nobody.check(uri)).hasMessageContaining("nobody knows the host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://example.org",
                "example.org/hook",
                "http://user:canary-3c@example.org",
                "http:///x",
                "http://a b",
                "gopher://127.0.0.1:25/",
                ""
            })
    void whatIsNoAddressOfTheWebIsRefusedAndNotRepeated(String text) {
        assertThat(why(() -> EgressGuard.parse(text)))
                .contains("does not send anything")
                .doesNotContain("canary");
    }

    @Test
    void aContentArrivesWithItsHeaders() throws IOException {
        List<String> seen = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-One") + " "
                    + exchange.getRequestHeaders().getFirst("Host") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            int status = exchange.getRequestURI().getPath().equals("/moved") ? 302 : 204;
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            OPEN.post(URI.create(base + "/hook/%20x?a=b"), "{\"ä\":1}", Map.of("X-One", "1"));
            assertThat(seen)
                    .containsExactly("POST /hook/%20x?a=b 1 127.0.0.1:"
                            + server.getAddress().getPort() + " {\"ä\":1}");
            assertThat(why(() -> OPEN.post(URI.create(base + "/moved"), "{}", Map.of())))
                    .contains("redirect");
        } finally {
            server.stop(0);
        }
        assertThat(seen).hasSize(2);
    }

    @Test
    void whatIsNoAnswerIsAFailureAndTheAddressIsNotTold() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    takeAll(socket.getInputStream());
                    socket.getOutputStream().write("* OK not the web\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException gone) {
                    throw new IllegalStateException(gone);
                }
            });
            assertThat(why(() -> OPEN.post(
                            URI.create("http://127.0.0.1:" + server.getLocalPort() + "/canary-5e"), "{}", Map.of())))
                    .contains("did not arrive", "no answer of HTTP")
                    .doesNotContain("canary");
        }
    }

    /** Reads a request to its end: whoever hangs up before breaks the pipe of the one who still writes. */
    private static void takeAll(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (!request.toString().endsWith("{}")) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            request.append((char) next);
        }
    }
}
