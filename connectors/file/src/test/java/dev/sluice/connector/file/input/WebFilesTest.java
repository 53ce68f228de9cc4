package dev.sluice.connector.file.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.host.Await;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files on the web, from a server that is slow, busy, moody or gone. */
class WebFilesTest {
    private static final int SIZE = 300_000;

    private static byte[] content(int seed) {
        byte[] bytes = new byte[SIZE];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static WebFiles files(String address) {
        return files(address, SIZE, null);
    }

    private static WebFiles files(String address, long maxBytes, @Nullable String authorization) {
        return new WebFiles(
                address, new WebFiles.Settings(authorization, Duration.ofSeconds(20), maxBytes, Duration.ofMillis(1)));
    }

    private static SourceFile only(WebFiles files) {
        return files.list().getFirst();
    }

    private static byte[] read(WebFiles files, SourceFile file, long from) throws IOException {
        try (InputStream input = files.open(file, from)) {
            return input.readAllBytes();
        }
    }

    private static Problem problemOf(Callable<?> action) {
        try {
            throw new AssertionError("there was no problem but " + action.call());
        } catch (ProblemException failure) {
            return failure.problem();
        } catch (Exception other) {
            throw new AssertionError(other);
        }
    }

    @Test
    void aFileIsDescribedAndRead() throws IOException {
        try (TestServer server = new TestServer(content(1));
                WebFiles files = files(server.address("/data/a.csv?key=value"))) {
            SourceFile file = only(files);
            assertThat(file.name()).isEqualTo(server.address("/data/a.csv"));
            assertThat(file.size()).isEqualTo(SIZE);
            assertThat(file.tag()).isEqualTo("\"v1\"");
            assertThat(file.modifiedMicros()).isEqualTo(1_445_412_480_000_000L);
            assertThat(read(files, file, 0)).isEqualTo(content(1));
            assertThat(files.head(file, 100)).isEqualTo(Arrays.copyOf(content(1), 100));
            assertThat(server.asked())
                    .allSatisfy(asked -> assertThat(asked.path()).endsWith("?key=value"));
            assertThat(files.find(file)).contains(file);
        }
    }

    @Test
    void aFileIsReadFromAnyByte() throws IOException {
        try (TestServer server = new TestServer(content(1));
                WebFiles files = files(server.address("/a.csv"))) {
            SourceFile file = only(files);
            assertThat(read(files, file, 250_000)).isEqualTo(Arrays.copyOfRange(content(1), 250_000, SIZE));
            assertThat(server.asked().getLast().range()).isEqualTo("bytes=250000-");
            assertThat(server.asked().getLast().ifRange()).isEqualTo("\"v1\"");
            // Servers have no answer to a request for what comes behind the end.
            assertThat(read(files, file, SIZE)).isEmpty();
        }
    }

    @Test
    void aServerWithoutRangesIsReadFromItsBeginning() throws IOException {
        try (TestServer server = new TestServer(content(1)).withoutRanges();
                WebFiles files = files(server.address("/a.csv"))) {
            SourceFile file = only(files);
            assertThat(read(files, file, 250_000)).isEqualTo(Arrays.copyOfRange(content(1), 250_000, SIZE));
        }
    }

    @Test
    void aFileWithoutALengthIsReadToItsEnd() throws IOException {
        try (TestServer server = new TestServer(content(1)).withoutLength();
                WebFiles files = files(server.address("/a.csv"))) {
            SourceFile file = only(files);
            assertThat(file.size()).isEqualTo(SourceFile.UNKNOWN);
            assertThat(read(files, file, 0)).isEqualTo(content(1));
        }
    }

    @Test
    void aDownloadThatBreaksOffIsTakenUpAgain() throws IOException {
        try (TestServer server = new TestServer(content(1)).breakingAfter(70_000);
                WebFiles files = files(server.address("/a.csv"))) {
            SourceFile file = only(files);
            assertThat(read(files, file, 0)).isEqualTo(content(1));
            assertThat(server.asked()).hasSizeGreaterThan(4);
            assertThat(server.asked().getLast().range()).startsWith("bytes=2");
        }
    }

    @Test
    void aServerWithoutRangesIsTakenUpAgainToo() throws IOException {
        AtomicInteger left = new AtomicInteger(3);
        try (TestServer server = new TestServer(content(1)).withoutRanges();
                WebFiles files = files(server.address("/a.csv"))) {
            SourceFile file = only(files);
            server.breakingAfter(70_000).answering(exchange -> {
                if (left.decrementAndGet() == 0) {
                    server.breakingAfter(Integer.MAX_VALUE);
                }
                return false;
            });
            assertThat(read(files, file, 0)).isEqualTo(content(1));
        }
    }

    @Test
    void cutConnectionsAreMadeAnew() throws IOException {
        try (TestServer server = new TestServer(content(1));
                TcpProxy proxy = TcpProxy.to("127.0.0.1", server.port());
                WebFiles files = files("http://127.0.0.1:" + proxy.port() + "/a.csv")) {
            SourceFile file = only(files);
            proxy.set(new TcpProxy.Mode.Throttle(200_000));
            try (InputStream input = files.open(file, 0)) {
                byte[] first = input.readNBytes(10_000);
                proxy.cut();
                proxy.set(new TcpProxy.Mode.Pass());
                byte[] rest = input.readAllBytes();
                assertThat(first).isEqualTo(Arrays.copyOf(content(1), 10_000));
                assertThat(rest).isEqualTo(Arrays.copyOfRange(content(1), 10_000, SIZE));
            }
        }
    }

    @Test
    void aVersionThatChangesInTheMiddleIsNeverMixed() throws IOException {
        try (TestServer server = new TestServer(content(1)).breakingAfter(70_000);
                WebFiles files = files(server.address("/a.csv"))) {
            SourceFile file = only(files);
            try (InputStream input = files.open(file, 0)) {
                assertThat(input.readNBytes(1000)).isEqualTo(Arrays.copyOf(content(1), 1000));
                server.replace(content(2), "\"v2\"");
                Problem problem = problemOf(input::readAllBytes);
                assertThat(problem.code()).isEqualTo("E_FILE_CHANGED");
                assertThat(problem.kind()).isEqualTo(ProblemKind.TRANSIENT);
            }
            assertThat(problemOf(() -> read(files, file, 0)).code()).isEqualTo("E_FILE_CHANGED");
            assertThat(files.find(file))
                    .hasValueSatisfying(
                            now -> assertThat(now.isSameVersion(file)).isFalse());
        }
    }

    @Test
    void theTimeTellsVersionsApartWhereThereIsNoTag() throws IOException {
        for (String tag : new String[] {null, "W/\"weak\""}) {
            try (TestServer server = new TestServer(content(1))
                            .versions(tag, "Wed, 21 Oct 2015 07:28:00 GMT")
                            .breakingAfter(70_000);
                    WebFiles files = files(server.address("/a.csv"))) {
                assertThat(read(files, only(files), 0)).isEqualTo(content(1));
                assertThat(server.asked().getLast().ifRange()).isEqualTo("Wed, 21 Oct 2015 07:28:00 GMT");
            }
        }
    }

    @Test
    void withoutVersionsABrokenDownloadCannotGoOn() {
        try (TestServer server = new TestServer(content(1)).versions(null, null).breakingAfter(70_000);
                WebFiles files = files(server.address("/a.csv"))) {
            SourceFile file = only(files);
            assertThat(problemOf(() -> read(files, file, 0)).code()).isEqualTo("E_HTTP_BROKEN");
        }
    }

    /** A table whose header was looked at is opened behind it, also where nobody says which version it is. */
    @Test
    void withoutVersionsAFileIsStillReadFromAnyByte() throws IOException {
        try (TestServer server = new TestServer(content(1)).versions(null, null);
                WebFiles files = files(server.address("/a.csv"))) {
            SourceFile file = only(files);
            assertThat(read(files, file, 250_000)).isEqualTo(Arrays.copyOfRange(content(1), 250_000, SIZE));
            assertThat(server.asked().getLast().range())
                    .as("a part of who knows what is not asked for")
                    .isEmpty();
        }
    }

    @Test
    void aServerThatNeverGetsFartherIsGivenUp() {
        try (TestServer server = new TestServer(content(1));
                WebFiles files = files(server.address("/a.csv"))) {
            SourceFile file = only(files);
            server.breakingAfter(0);
            Problem problem = problemOf(() -> read(files, file, 0));
            assertThat(problem.code()).isEqualTo("E_HTTP_BROKEN");
            assertThat(problem.kind()).isEqualTo(ProblemKind.TRANSIENT);
        }
    }

    @Test
    void aServerThatIsSilentIsAskedAgain() throws IOException {
        try (TestServer server = new TestServer(content(1));
                TcpProxy proxy = TcpProxy.to("127.0.0.1", server.port());
                WebFiles files = new WebFiles(
                        "http://127.0.0.1:" + proxy.port() + "/a.csv",
                        new WebFiles.Settings(null, Duration.ofSeconds(1), SIZE, Duration.ofMillis(1)))) {
            SourceFile file = only(files);
            proxy.set(new TcpProxy.Mode.Throttle(200_000));
            try (InputStream input = files.open(file, 0)) {
                byte[] first = input.readNBytes(20_000);
                proxy.set(new TcpProxy.Mode.HalfOpen());
                long before = proxy.connections();
                Thread thaw = Thread.ofPlatform().start(() -> {
                    Await.until("another connection", () -> proxy.connections() > before);
                    proxy.set(new TcpProxy.Mode.Pass());
                });
                byte[] rest = input.readAllBytes();
                Await.end(thaw);
                assertThat(first).isEqualTo(Arrays.copyOf(content(1), 20_000));
                assertThat(rest).isEqualTo(Arrays.copyOfRange(content(1), 20_000, SIZE));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"503", "429", "500", "408"})
    void aBusyServerIsAskedAgain(int status) throws IOException {
        AtomicInteger left = new AtomicInteger(3);
        try (TestServer server = new TestServer(content(1)).answering(exchange -> {
                    boolean busy = left.getAndDecrement() > 0;
                    if (busy) {
                        TestServer.status(exchange, status, headers -> headers.set("Retry-After", "0"));
                    }
                    return busy;
                });
                WebFiles files = files(server.address("/a.csv"))) {
            assertThat(only(files).size()).isEqualTo(SIZE);
            assertThat(server.asked()).hasSize(4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, PERMISSION, 1",
        "403, PERMISSION, 1",
        "404, CONFIG, 1",
        "410, CONFIG, 1",
        "503, TRANSIENT, 4",
        "302, CONFIG, 1"
    })
    void aRefusalIsToldByItsStatus(int status, ProblemKind kind, int requests) {
        try (TestServer server = new TestServer(content(1)).answering(exchange -> {
                    TestServer.status(exchange, status, headers -> {});
                    return true;
                });
                WebFiles files = files(server.address("/a.csv?sig=canary"), SIZE, "Bearer canary")) {
            Problem problem = problemOf(() -> only(files));
            assertThat(problem.code()).isEqualTo("E_HTTP_" + status);
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.toString()).doesNotContain("canary");
            assertThat(server.asked()).hasSize(requests);
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        int port;
        try (TestServer server = new TestServer(content(1))) {
            port = server.port();
        }
        try (WebFiles files = files("http://127.0.0.1:" + port + "/a.csv")) {
            Problem problem = problemOf(() -> only(files));
            assertThat(problem.code()).isEqualTo("E_HTTP_UNREACHABLE");
            assertThat(problem.kind()).isEqualTo(ProblemKind.UNREACHABLE);
            assertThat(problem.why()).contains("refused");
            assertThat(problem.fix()).isNotBlank();
        }
        try (WebFiles files = files("http://no-such-host.invalid/a.csv")) {
            assertThat(problemOf(() -> only(files)).why()).contains("unknown host");
        }
    }

    @Test
    void redirectionsAreFollowedAndCredentialsStay() throws IOException {
        try (TestServer target = new TestServer(content(1));
                TestServer server = new TestServer(content(2)).answering(exchange -> {
                    boolean here = exchange.getRequestURI().getPath().equals("/moved.csv");
                    TestServer.status(
                            exchange,
                            here ? 302 : 307,
                            headers -> headers.set("Location", here ? "/again.csv" : target.address("/a.csv")));
                    return true;
                });
                WebFiles files = files(server.address("/moved.csv"), SIZE, "Bearer word")) {
            assertThat(read(files, only(files), 0)).isEqualTo(content(1));
            assertThat(server.asked())
                    .allSatisfy(asked -> assertThat(asked.authorization()).isEqualTo("Bearer word"));
            assertThat(target.asked())
                    .isNotEmpty()
                    .allSatisfy(asked -> assertThat(asked.authorization()).isEmpty());
        }
    }

    @Test
    void redirectionsInACircleEnd() {
        try (TestServer server = new TestServer(content(1)).answering(exchange -> {
                    TestServer.status(exchange, 302, headers -> headers.set("Location", "/a.csv"));
                    return true;
                });
                WebFiles files = files(server.address("/a.csv"))) {
            assertThat(problemOf(() -> only(files)).code()).isEqualTo("E_HTTP_REDIRECT");
            assertThat(server.asked()).hasSizeLessThan(20);
        }
    }

    @Test
    void aNameAndPasswordInTheAddressAreSent() {
        try (TestServer server = new TestServer(content(1));
                WebFiles files = files(server.address("/a.csv").replace("//", "//ada:word@"))) {
            assertThat(only(files).name()).doesNotContain("word");
            assertThat(server.asked().getFirst().authorization()).isEqualTo("Basic YWRhOndvcmQ=");
        }
    }

    @Test
    void aFileThatIsTooLargeIsRefused() {
        for (boolean told : List.of(true, false)) {
            try (TestServer server = new TestServer(content(1));
                    WebFiles files = files(server.address("/a.csv"), SIZE - 1, null)) {
                if (!told) {
                    server.withoutLength();
                }
                assertThat(problemOf(() -> read(files, only(files), 0)).code()).isEqualTo("E_FILE_TOO_LARGE");
            }
        }
    }

    @Test
    void anAnswerThatBeginsElsewhereIsNotTaken() throws IOException {
        try (TestServer server = new TestServer(content(1));
                WebFiles files = files(server.address("/a.csv"))) {
            SourceFile file = only(files);
            server.answering(exchange -> {
                exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/" + SIZE);
                exchange.sendResponseHeaders(206, 10);
                exchange.getResponseBody().write(new byte[10]);
                exchange.close();
                return true;
            });
            assertThat(problemOf(() -> read(files, file, 1000)).code()).isEqualTo("E_HTTP_BROKEN");
        }
    }

    @Test
    void aClosedDownloadReleasesItsReader() throws IOException {
        try (TestServer server = new TestServer(content(1));
                TcpProxy proxy = TcpProxy.to("127.0.0.1", server.port());
                WebFiles files = files("http://127.0.0.1:" + proxy.port() + "/a.csv")) {
            SourceFile file = only(files);
            proxy.set(new TcpProxy.Mode.Throttle(50_000));
            InputStream input = files.open(file, 0);
            assertThat(input.readNBytes(1000)).hasSize(1000);
            proxy.set(new TcpProxy.Mode.HalfOpen());
            Thread closer = Thread.ofPlatform().start(() -> {
                try {
                    input.close();
                } catch (IOException failure) {
                    throw new AssertionError(failure);
                }
            });
            assertThatThrownBy(input::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("stopped");
            Await.end(closer);
        }
    }
}
