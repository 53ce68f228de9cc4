package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.spi.InetAddressResolver;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No library of a guarded process connects to what is not public, by whichever name, number or redirect. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessGuardTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> names = new ConcurrentHashMap<>();
    private HttpServer inside;
    private @Nullable ProcessGuard guard;

    private final InetAddressResolver machine = new InetAddressResolver() {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            List<String> known = names.get(host);
            if (known == null) {
                throw new UnknownHostException(host);
            }
            return known.stream().map(InetAddress::ofLiteral);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            throw new UnknownHostException();
        }
    };

    @BeforeAll
    void begin() throws IOException {
        inside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        inside.createContext("/", exchange -> {
            seen.add(exchange.getRequestURI().toString());
            String next = exchange.getRequestURI().getQuery();
            if (next != null) {
                exchange.getResponseHeaders().add("Location", next);
            }
            exchange.sendResponseHeaders(next == null ? 204 : 302, -1);
            exchange.close();
        });
        inside.start();
        GuardedResolver.ask(machine);
    }

    @AfterEach
    void endGuard() {
        if (guard != null) {
            guard.close();
            guard = null;
        }
        seen.clear();
    }

    @AfterAll
    void end() {
        GuardedResolver.ask(null);
        inside.stop(0);
    }

    private int port() {
        return inside.getAddress().getPort();
    }

    /** Follows redirects one by one, as all clients of the product do: the JDK's own following asks nobody. */
    private static Throwable get(String url) {
        return catchThrowable(() -> {
            try (HttpClient client = HttpClient.newHttpClient()) {
                String next = url;
                while (!next.isEmpty()) {
                    next = client.send(
                                    HttpRequest.newBuilder(URI.create(next)).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .headers()
                            .firstValue("location")
                            .orElse("");
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "127.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "0.0.0.0"})
    void numbersAreRefusedHoweverTheyAreSpelled(String host) {
        guard = ProcessGuard.begin(Reach.PUBLIC);
        String url = "http://" + host + ":" + port() + "/";
        assertThat(get(url)).isNotNull();
        assertThat(catchThrowable(() -> URI.create(url).toURL().openStream().close()))
                .hasStackTraceContaining("does not connect");
        assertThat(catchThrowable(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), port()), 1000);
                    }
                }))
                .isInstanceOf(ProblemException.class);
        assertThat(seen).isEmpty();
    }

    @Test
    void aNameThatLeadsInsideIsNotTold() {
        names.put("inside.example", List.of("127.0.0.1"));
        names.put("both.example", List.of("8.8.8.8", "10.0.0.1"));
        guard = ProcessGuard.begin(Reach.PUBLIC);
        assertThatThrownBy(() -> InetAddress.getAllByName("inside.example")).hasMessageContaining("SLUICE_REACH");
        assertThat(get("http://inside.example:" + port() + "/")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> EgressGuard.of(Reach.PUBLIC).requireHost("inside.example"))
                .as("also where the JDK remembers that it got no answer")
                .hasMessageContaining("does not connect to this host");
        EgressGuard.of(Reach.PUBLIC).requireHost("nobody.example");
        assertThatThrownBy(() -> InetAddress.getAllByName("both.example")).hasMessageContaining("SLUICE_REACH");
        assertThat(catchThrowable(() -> DriverManager.getConnection(
                        "jdbc:postgresql://inside.example:" + port() + "/x", "user", "password")))
                .isNotNull();
        assertThat(seen).isEmpty();
    }

    @Test
    void aNameThatChangesItsAnswerIsHeldAgainstEachOfThem() throws UnknownHostException {
        guard = ProcessGuard.begin(Reach.PUBLIC);
        InetAddressResolver resolver = GuardedResolver.over(machine);
        names.put("rebound.example", List.of("8.8.8.8"));
        InetAddressResolver.LookupPolicy any =
                InetAddressResolver.LookupPolicy.of(InetAddressResolver.LookupPolicy.IPV4);
        // What was looked at is what the caller gets to connect to; there is no second look between the two.
        assertThat(resolver.lookupByName("rebound.example", any)).containsExactly(InetAddress.ofLiteral("8.8.8.8"));
        names.put("rebound.example", List.of("127.0.0.1"));
        assertThatThrownBy(() -> resolver.lookupByName("rebound.example", any)).isInstanceOf(RefusedHost.class);
    }

    @Test
    void aRedirectLeadsNowhereElse() {
        names.put("allowed.example", List.of("127.0.0.1"));
        guard = ProcessGuard.begin(Reach.PUBLIC.and("allowed.example", port()));
        String start = "http://allowed.example:" + port() + "/?";
        assertThat(get(start + "http://127.0.0.1:" + port() + "/secret"))
                .hasStackTraceContaining("does not connect to this host");
        assertThat(get(start + "http://2130706433:" + port() + "/secret")).isNotNull();
        assertThat(seen).hasSize(2).noneMatch(path -> path.startsWith("/secret"));
    }

    @Test
    void whatTheOperatorNamesPassesAtItsPortOnly() throws IOException {
        names.put("store.example", List.of("127.0.0.1"));
        guard = ProcessGuard.begin(Reach.of("192.168.7.0/24, *.corp.example").and("store.example", port()));
        assertThat(get("http://store.example:" + port() + "/")).isNull();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.start();
        try {
            assertThat(get("http://store.example:" + other.getAddress().getPort() + "/"))
                    .hasStackTraceContaining("does not connect");
        } finally {
            other.stop(0);
        }
        names.put("chat.corp.example", List.of("10.2.3.4"));
        names.put("near.example", List.of("192.168.7.9"));
        names.put("far.example", List.of("192.168.8.9"));
        assertThat(InetAddress.getAllByName("chat.corp.example")).hasSize(1);
        assertThat(InetAddress.getAllByName("near.example")).hasSize(1);
        assertThatThrownBy(() -> InetAddress.getAllByName("far.example")).hasMessageContaining("SLUICE_REACH");
    }

    @Test
    void allPassesOnRequestAndMistakesAreTold() {
        assertThat(Reach.of("*").isAll()).isTrue();
        assertThat(Reach.of(" ").isAll()).isFalse();
        for (String wrong : List.of("10.0.0.0/33", "10.0.0.0/x", "http://x", "a/8")) {
            assertThatThrownBy(() -> Reach.of(wrong)).as(wrong).hasMessageContaining("does not make sense");
        }
    }
}
