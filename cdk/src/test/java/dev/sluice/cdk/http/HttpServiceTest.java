package dev.sluice.cdk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service is asked again where that can help, and otherwise says clearly what is wrong, without secrets. */
@SuppressWarnings("NullAway.Init") // set before each test
class HttpServiceTest {
    private static final String SECRET = "canary-7f3a";

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private HttpServer server;

    private record Answer(int status, Map<String, String> headers, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            Answer answer = answers.size() > 1 ? answers.pop() : answers.element();
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            if (answer.headers().containsKey("Content-Encoding")) {
                body = packed(body);
            }
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] packed(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        return packed.toByteArray();
    }

    private void answers(int status, String body) {
        answers.add(new Answer(status, Map.of(), body));
    }

    private HttpService service() {
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        return new HttpService(
                HttpService.address(base), Map.of("Authorization", "Bearer " + SECRET), new Host(log), waits::add);
    }

    private record Host(List<String> log) implements ConnectorContext {
        @Override
        public void log(System.Logger.Level level, String message) {
            log.add(message);
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    private Problem problem() {
        try (HttpService service = service()) {
            service.get("things", Map.of("api_key", SECRET));
        } catch (ProblemException failure) {
            assertThat(failure.problem().toString() + log).doesNotContain(SECRET);
            return failure.problem();
        }
        throw new AssertionError("there was an answer");
    }

    @Test
    void parametersAreEncodedAndAnswersUnpacked() {
        answers.add(new Answer(
                200, Map.of("Content-Encoding", "gzip", "X-Total", "2"), "{\"items\":[{\"a\":1},{\"a\":2}]}"));
        try (HttpService service = service()) {
            HttpAnswer answer = service.get("things", Map.of("q", "a b&c=\u00e9"));
            assertThat(answer.records("items")).extracting("a").containsExactly(1L, 2L);
            assertThat(answer.header("x-total")).contains("2");
        }
        assertThat(asked).containsExactly("GET /v1/things?q=a+b%26c%3D%C3%A9");
    }

    @Test
    void aBusyServiceIsAskedAgainWhenItSays() {
        answers.add(new Answer(429, Map.of("Retry-After", "7"), ""));
        answers(503, "");
        answers(200, "[]");
        try (HttpService service = service()) {
            assertThat(service.get("", Map.of()).records("")).isEmpty();
        }
        assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(1));
        assertThat(log).hasSize(2);
    }

    @Test
    void aServiceThatKeepsFailingIsGivenUp() {
        answers(500, "{\"error\":\"oops " + SECRET + "\"}");
        Problem problem = problem();
        assertThat(problem.kind()).isEqualTo(ProblemKind.TRANSIENT);
        assertThat(problem.why()).contains("500", "oops ***");
        assertThat(asked).hasSize(6);
    }

    @Test
    void aWaitBeyondReasonIsNotWaited() {
        answers.add(new Answer(429, Map.of("Retry-After", "86400"), ""));
        assertThat(problem().kind()).isEqualTo(ProblemKind.TRANSIENT);
        assertThat(waits).isEmpty();
    }

    @Test
    void refusedCredentialsAreToldAtOnce() {
        answers(401, "<html>no</html>");
        Problem problem = problem();
        assertThat(problem.code()).isEqualTo("E_AUTH_REFUSED");
        assertThat(problem.kind()).isEqualTo(ProblemKind.PERMISSION);
        assertThat(problem.why()).isEqualTo("status 401");
        assertThat(asked).hasSize(1);
    }

    @Test
    void redirectionsAreNotFollowed() {
        answers.add(new Answer(302, Map.of("Location", "http://127.0.0.1:9/"), ""));
        assertThat(problem().kind()).isEqualTo(ProblemKind.CONFIG);
        assertThat(asked).hasSize(1);
    }

    @Test
    void anAnswerThatIsNotWhatWasExpectedIsNoEmptyPage() {
        answers(200, "{\"itemz\":[]}");
        try (HttpService service = service()) {
            HttpAnswer answer = service.get("things", Map.of());
            assertThatThrownBy(() -> answer.records("items"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            failure -> assertThat(failure.problem().why()).contains("items"));
            assertThatThrownBy(() -> answer.records("")).isInstanceOf(ProblemException.class);
        }
        answers.clear();
        answers(200, "<html>welcome</html>");
        try (HttpService service = service()) {
            HttpAnswer page = service.get("things", Map.of());
            assertThatThrownBy(page::json).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        server.stop(0);
        assertThat(problem().kind()).isIn(ProblemKind.UNREACHABLE, ProblemKind.TRANSIENT);
        assertThat(waits).hasSize(5);
    }

    @Test
    void whatIsUnderWayEndsWhenItIsClosed() throws InterruptedException {
        answers.add(new Answer(503, Map.of("Retry-After", "300"), ""));
        CountDownLatch waiting = new CountDownLatch(1);
        HttpService service = new HttpService(
                HttpService.address("http://127.0.0.1:" + server.getAddress().getPort()),
                Map.of(),
                new Telling(waiting),
                null);
        List<ProblemKind> ended = new CopyOnWriteArrayList<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                service.get("", Map.of());
            } catch (ProblemException stopped) {
                ended.add(stopped.problem().kind());
            }
        });
        waiting.await();
        service.close();
        thread.join();
        assertThat(ended).containsExactly(ProblemKind.CANCELLED);
    }

    /** Tells when the service is about to wait. */
    private record Telling(CountDownLatch waiting) implements ConnectorContext {
        @Override
        public void log(System.Logger.Level level, String message) {
            waiting.countDown();
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    @Test
    void anAddressWithALoginIsRefusedWithoutShowingIt() {
        for (String address : List.of("https://user:" + SECRET + "@example.com", "ftp://example.com", SECRET, "")) {
            assertThatThrownBy(() -> HttpService.at(address, Map.of(), new Host(log)))
                    .isInstanceOfSatisfying(ProblemException.class, failure -> {
                        assertThat(failure.problem().kind()).isEqualTo(ProblemKind.CONFIG);
                        assertThat(failure.problem().toString()).doesNotContain(SECRET);
                    });
        }
    }

    @Test
    void aSecretThatCannotBeSentIsNotShown() {
        HttpService service =
                HttpService.at("http://127.0.0.1:9", Map.of("Authorization", SECRET + "\n"), new Host(log));
        try (service) {
            assertThatThrownBy(() -> service.get("", Map.of()))
                    .isInstanceOfSatisfying(ProblemException.class, failure -> {
                        assertThat(failure.problem().kind()).isEqualTo(ProblemKind.CONFIG);
                        assertThat(failure.problem() + " " + failure.getCause()).doesNotContain(SECRET);
                    });
        }
    }
}
