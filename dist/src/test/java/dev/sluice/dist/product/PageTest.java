package dev.sluice.dist.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.testkit.fault.ChildProcess;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a browser, over the product's server and a real database: {@code web/e2e} plays its scenarios, and each is told
 * here as a test. Where there is no browser or no Node, it says so and is skipped.
 */
class PageTest {
    private static final String EMAIL = "admin@example.org";
    private static final String PASSWORD = "a password of this test";
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    @TempDir
    Path folder;

    /** What became of a scenario. */
    private record Outcome(String name, String outcome, String words) {
        static Outcome of(String line) {
            String name = line;
            String outcome = "failed";
            String words = line;
            Matcher field = FIELD.matcher(line);
            while (field.find()) {
                String value = field.group(2).replace("\\n", "\n").replace("\\\"", "\"");
                switch (field.group(1)) {
                    case "name" -> name = value;
                    case "outcome" -> outcome = value;
                    case "words" -> words = value;
                    default -> {} // how long it took is for those who look at the lines
                }
            }
            return new Outcome(name, outcome, words);
        }

        void tell() {
            switch (outcome) {
                case "passed" -> {}
                case "skipped" -> abort(words);
                default -> throw new AssertionError(words);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException {
        Path web = Path.of("../web").toAbsolutePath().normalize();
        assumeTrue(Files.isDirectory(web.resolve("node_modules/playwright-core")), "web/node_modules is not there");
        assumeTrue(hasPage(), "the product was built without its page");
        PostgresDatabase database = PostgresServer.shared().createDatabase();
        HttpServer door = door(database);
        try (ChildProcess provider = provider(web);
                ChildProcess open = Sluice.in(folder).start("server", "--port", "0", "--data", "open");
                ChildProcess closed = Sluice.in(folder)
                        .with("SLUICE_ADMIN_PASSWORD", PASSWORD)
                        .with("SLUICE_OIDC_ISSUER", address(provider))
                        .with("SLUICE_OIDC_CLIENT_ID", "sluice")
                        .with("SLUICE_OIDC_NAME", "Village")
                        .with("SLUICE_OIDC_ROLES", "data=organization_editor")
                        .start("server", "--port", "0", "--data", "closed", "--login", "--admin-email", EMAIL)) {
            ProcessBuilder builder = ChildProcess.prepare(
                            List.of("node", web.resolve("e2e/run.mjs").toString()))
                    .directory(web.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "SLUICE_SERVER",
                            ServerTest.address(open),
                            "SLUICE_LOGIN_SERVER",
                            ServerTest.address(closed),
                            "SLUICE_LOGIN_EMAIL",
                            EMAIL,
                            "SLUICE_LOGIN_PASSWORD",
                            PASSWORD,
                            "SLUICE_SQL",
                            "http://127.0.0.1:" + door.getAddress().getPort()));
            builder.environment()
                    .putAll(Map.of(
                            "SLUICE_PROGRAM",
                                    Sluice.product().resolve("bin/sluice").toString(),
                            "SLUICE_PROVIDER", address(provider),
                            "SLUICE_JAVA_HOME", System.getProperty("java.home")));
            builder.environment().putAll(where(database));
            try (ChildProcess browser = ChildProcess.start(builder)) {
                browser.awaitExit();
                return tests(browser.out(), browser.err());
            }
        } finally {
            door.stop(0);
            database.close();
        }
    }

    private static Stream<DynamicTest> tests(List<String> lines, List<String> troubles) {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines) {
            Outcome outcome = Outcome.of(line);
            tests.add(DynamicTest.dynamicTest(outcome.name(), outcome::tell));
        }
        tests.add(DynamicTest.dynamicTest(
                "the scenarios were played",
                () -> assertThat(lines).as(String.join("\n", troubles)).isNotEmpty()));
        return tests.stream();
    }

    /** Who signs people in, and asks them for their consent. */
    private static ChildProcess provider(Path web) {
        return ChildProcess.start(ChildProcess.prepare(
                        List.of("node", web.resolve("e2e/provider.mjs").toString()))
                .directory(web.toFile()));
    }

    private static String address(ChildProcess provider) {
        provider.awaitLine(line -> line.startsWith("http://"));
        return provider.out().getFirst().strip();
    }

    private static boolean hasPage() throws IOException {
        try (Stream<Path> libraries = Files.list(Sluice.product().resolve("lib/server"))) {
            return libraries.anyMatch(path -> path.getFileName().toString().startsWith("sluice-web"));
        }
    }

    private static Map<String, String> where(PostgresDatabase database) {
        return Map.of(
                "SLUICE_PG_HOST", database.host(),
                "SLUICE_PG_PORT", String.valueOf(database.port()),
                "SLUICE_PG_DATABASE", database.name(),
                "SLUICE_PG_USER", database.superuser().user(),
                "SLUICE_PG_PASSWORD", database.superuser().password());
    }

    /** Through here the scenarios change the source while somebody looks at the page. */
    private static HttpServer door(PostgresDatabase database) throws IOException {
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/", exchange -> {
            try (exchange) {
                answer(database, exchange);
            }
        });
        door.start();
        return door;
    }

    private static void answer(PostgresDatabase database, HttpExchange exchange) throws IOException {
        String statement = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = 200;
        String words = "";
        try (Connection connection = database.connect();
                Statement running = connection.createStatement()) {
            running.execute(statement);
        } catch (SQLException wrong) {
            status = 400;
            words = String.valueOf(wrong.getMessage());
        }
        byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
