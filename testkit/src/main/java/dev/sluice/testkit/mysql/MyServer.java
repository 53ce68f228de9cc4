package dev.sluice.testkit.mysql;

import dev.sluice.testkit.fault.TlsCertificate;
import dev.sluice.testkit.host.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real MariaDB or MySQL of this machine. {@link #shared()} is one for all tests of a process; a test that stops or restarts the
 * server calls {@link #start(MyOptions)} for one of its own.
 *
 * <p>It listens on 127.0.0.1 only and asks for a password. Its data lies in a temporary directory that goes with the
 * process. Methods may be called by several threads, apart from those that stop and start.
 */
public final class MyServer implements AutoCloseable {
    static final MyLogin NOBODY = new MyLogin("root", "");

    private static final String HOST = "127.0.0.1";
    private static final MyLogin SUPERUSER = new MyLogin("admin", "canary-superuser-4b7d");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private static final Map<MyProduct, MyServer> SHARED = new ConcurrentHashMap<>();
    private static final Map<MyProduct, Optional<MyInstallation>> FOUND = new ConcurrentHashMap<>();

    private final MyProduct product;
    private final MyInstallation installation;
    private final MyProcess process;
    private final int port;
    private final @Nullable TlsCertificate certificate;
    private final AtomicInteger databases = new AtomicInteger();

    private MyServer(
            MyProduct product,
            MyInstallation installation,
            MyProcess process,
            int port,
            @Nullable TlsCertificate certificate) {
        this.product = product;
        this.installation = installation;
        this.process = process;
        this.port = port;
        this.certificate = certificate;
    }

    /** True if a product can run here; for tests that do with less where it cannot. */
    public static boolean isThere(MyProduct product) {
        return installation(product).isPresent();
    }

    /** The server that all tests of this process share; started at the first call, stopped when the process ends. */
    public static MyServer shared() {
        return shared(MyProduct.underTest());
    }

    /** The same of a product. */
    public static MyServer shared(MyProduct product) {
        requireInstallation(product);
        return SHARED.computeIfAbsent(product, each -> start(MyOptions.of(each)));
    }

    /**
     * Starts a server for the caller alone, who closes it. Where no MariaDB can run, the test is skipped and says why.
     *
     * @throws IllegalStateException if it does not start; the message holds its log
     */
    public static MyServer start(MyOptions options) {
        MyInstallation installation = requireInstallation(options.product());
        try {
            TlsCertificate certificate = options.tlsNames().isEmpty()
                    ? null
                    : TlsCertificate.selfSigned(options.tlsNames().toArray(new String[0]));
            int port = freePort();
            MyProcess process = MyProcess.prepare(installation, arguments(installation, options, port, certificate));
            MyServer server = new MyServer(options.product(), installation, process, port, certificate);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            process.start();
            server.awaitAnswer(NOBODY);
            server.askForPasswords();
            return server;
        } catch (IOException | SQLException failed) {
            throw new IllegalStateException(
                    options.product().title() + " did not start: " + failed.getMessage(), failed);
        }
    }

    private static MyInstallation requireInstallation(MyProduct product) {
        return installation(product).orElseGet(() -> Assumptions.abort(MyInstallation.none(product)));
    }

    /** Looked for once: it may have to be unpacked. */
    private static Optional<MyInstallation> installation(MyProduct product) {
        return FOUND.computeIfAbsent(product, each -> MyInstallation.find(each).map(MyInstallation.class::cast));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<String> arguments(
            MyInstallation installation, MyOptions options, int port, @Nullable TlsCertificate certificate)
            throws IOException {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "bind-address",
                HOST,
                "port",
                Integer.toString(port),
                "max-connections",
                "400",
                "character-set-server",
                "utf8mb4",
                // Tables may have more columns than a row of long values has room for.
                "innodb-strict-mode",
                "0",
                "innodb-flush-log-at-trx-commit",
                options.durable() ? "1" : "0",
                "sync-binlog",
                options.durable() ? "1" : "0",
                // A zone that is neither UTC nor that of the tests, so that nobody relies on it.
                "default-time-zone",
                "-03:30"));
        if (!options.durable()) {
            // Each commit of a durable server would be flushed once more for it.
            settings.put("log-bin", "binlog");
            settings.put("binlog-format", "ROW");
        }
        settings.putAll(installation.settings(options.durable()));
        settings.putAll(options.settings());
        List<String> arguments = new ArrayList<>(List.of("--skip-name-resolve"));
        if (options.durable()) {
            arguments.add("--skip-log-bin");
        }
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        if (certificate == null) {
            arguments.addAll(installation.withoutTls());
        } else {
            Path folder = Files.createTempDirectory("sluice-mysql-tls-");
            certificate.writePem(folder.resolve("server.crt"), folder.resolve("server.key"));
            arguments.addAll(
                    List.of("--ssl-cert=" + folder.resolve("server.crt"), "--ssl-key=" + folder.resolve("server.key")));
        }
        return arguments;
    }

    private void awaitAnswer(MyLogin login) {
        Await.until(product.title() + " answers", START_LIMIT, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(product.title() + " ended:\n" + process.log());
            }
            try (Connection connection = MyDatabase.connect(HOST, port, "", login)) {
                return connection.isValid(10);
            } catch (SQLException notYet) {
                return false;
            }
        });
    }

    /** Makes the superuser, and removes the accounts without a password. */
    private void askForPasswords() throws SQLException {
        try (Connection connection = MyDatabase.connect(HOST, port, "", NOBODY);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER " + SUPERUSER.user() + "@'%' IDENTIFIED BY '" + SUPERUSER.password() + "'");
            statement.execute("GRANT ALL PRIVILEGES ON *.* TO " + SUPERUSER.user() + "@'%' WITH GRANT OPTION");
            for (String sql : installation.withoutOwnAccounts()) {
                statement.execute(sql);
            }
        }
    }

    /** Which product it is. */
    public MyProduct product() {
        return product;
    }

    /** The address it listens on, an IPv4 address. */
    public String host() {
        return HOST;
    }

    /** The TCP port it listens on; the same after a restart. */
    public int port() {
        return port;
    }

    /** The process of the server; another one after a restart. */
    public long pid() {
        return process.pid();
    }

    /** The account that may do everything. */
    public MyLogin superuser() {
        return SUPERUSER;
    }

    /** The command-line client that belongs to the server. */
    public Path client() {
        return installation.client();
    }

    /**
     * The certificate that it shows.
     *
     * @throws IllegalStateException if it was started without TLS
     */
    public TlsCertificate certificate() {
        if (certificate == null) {
            throw new IllegalStateException("this server was started without TLS");
        }
        return certificate;
    }

    /** Makes a new empty database with an account of its own; the caller closes it. */
    public MyDatabase createDatabase() {
        int number = databases.incrementAndGet();
        MyLogin login = new MyLogin("login_" + number, "canary-login-" + number + "-9a3c");
        MyDatabase database = new MyDatabase(this, "test_" + number, login);
        administer(
                "CREATE USER " + login.user() + "@'%' IDENTIFIED BY '" + login.password() + "'",
                "CREATE DATABASE " + database.name());
        return database;
    }

    void drop(MyDatabase database) {
        administer(
                "DROP DATABASE IF EXISTS " + database.name(),
                "DROP USER IF EXISTS " + database.unprivileged().user() + "@'%'");
    }

    private void administer(String... statements) {
        try (Connection connection = MyDatabase.connect(HOST, port, "", SUPERUSER);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(product.title() + " refused: " + failed.getMessage(), failed);
        }
    }

    /** Ends the server as a crash would: connections break, nothing is flushed. */
    public void stopImmediately() {
        process.stop(false);
    }

    /** Starts the stopped server again on the same port; recovers from its log first if it did not stop in good order. */
    public void startAgain() {
        try {
            process.start();
        } catch (IOException failed) {
            throw new IllegalStateException(product.title() + " did not start again", failed);
        }
        awaitAnswer(SUPERUSER);
    }

    /** Stops the server in good order, breaking all connections, and starts it again. */
    public void restart() {
        process.stop(true);
        startAgain();
    }

    /** What the server wrote to its log so far. */
    public String log() {
        return process.log();
    }

    /** Stops the server and deletes its data. */
    @Override
    public void close() {
        process.stop(false);
        process.deleteData();
    }
}
