package dev.sluice.testkit.mariadb;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real MariaDB of this machine. {@link #shared()} is one for all tests of a process; a test that stops or restarts the
 * server calls {@link #start(MariaDbOptions)} for one of its own.
 *
 * <p>It listens on 127.0.0.1 only and asks for a password. Its data lies in a temporary directory that goes with the
 * process. Methods may be called by several threads, apart from those that stop and start.
 */
public final class MariaDbServer implements AutoCloseable {
    static final MariaDbLogin NOBODY = new MariaDbLogin("root", "");

    private static final String HOST = "127.0.0.1";
    private static final MariaDbLogin SUPERUSER = new MariaDbLogin("admin", "canary-superuser-4b7d");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final MariaDbInstallation installation;
    private final MariaDbProcess process;
    private final int port;
    private final @Nullable TlsCertificate certificate;
    private final AtomicInteger databases = new AtomicInteger();

    private MariaDbServer(
            MariaDbInstallation installation, MariaDbProcess process, int port, @Nullable TlsCertificate certificate) {
        this.installation = installation;
        this.process = process;
        this.port = port;
        this.certificate = certificate;
    }

    private static final class Shared {
        static final MariaDbServer SERVER = start(MariaDbOptions.DEFAULTS);
    }

    /** Looked for once: it may have to be unpacked. */
    private static final class Installed {
        static final Optional<MariaDbInstallation> FOUND = MariaDbInstallation.find();
    }

    /** True if a MariaDB can run here; for tests that do with less where none can. */
    public static boolean isThere() {
        return Installed.FOUND.isPresent();
    }

    /** The server that all tests of this process share; started at the first call, stopped when the process ends. */
    public static MariaDbServer shared() {
        requireInstallation();
        return Shared.SERVER;
    }

    /**
     * Starts a server for the caller alone, who closes it. Where no MariaDB can run, the test is skipped and says why.
     *
     * @throws IllegalStateException if it does not start; the message holds its log
     */
    public static MariaDbServer start(MariaDbOptions options) {
        MariaDbInstallation installation = requireInstallation();
        try {
            TlsCertificate certificate = options.tls() ? TlsCertificate.selfSigned("localhost", HOST) : null;
            int port = freePort();
            MariaDbProcess process = MariaDbProcess.prepare(installation, arguments(options, port, certificate));
            MariaDbServer server = new MariaDbServer(installation, process, port, certificate);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            process.start();
            server.awaitAnswer(NOBODY);
            server.askForPasswords();
            return server;
        } catch (IOException | SQLException failed) {
            throw new IllegalStateException("MariaDB did not start: " + failed.getMessage(), failed);
        }
    }

    private static MariaDbInstallation requireInstallation() {
        return Installed.FOUND.orElseGet(() -> Assumptions.abort(MariaDbInstallation.NONE));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<String> arguments(MariaDbOptions options, int port, @Nullable TlsCertificate certificate)
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
        settings.putAll(options.settings());
        List<String> arguments = new ArrayList<>(List.of("--skip-name-resolve"));
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        if (certificate == null) {
            // Without a certificate the server would spend minutes on making one.
            arguments.add("--skip-ssl");
        } else {
            Path folder = Files.createTempDirectory("sluice-mariadb-tls-");
            certificate.writePem(folder.resolve("server.crt"), folder.resolve("server.key"));
            arguments.addAll(
                    List.of("--ssl-cert=" + folder.resolve("server.crt"), "--ssl-key=" + folder.resolve("server.key")));
        }
        return arguments;
    }

    private void awaitAnswer(MariaDbLogin login) {
        Await.until("MariaDB answers", START_LIMIT, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("MariaDB ended:\n" + process.log());
            }
            try (Connection connection = MariaDbDatabase.connect(HOST, port, "", login)) {
                return connection.isValid(10);
            } catch (SQLException notYet) {
                return false;
            }
        });
    }

    /** Makes the superuser, and removes the accounts without a password. */
    private void askForPasswords() throws SQLException {
        try (Connection connection = MariaDbDatabase.connect(HOST, port, "", NOBODY);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER " + SUPERUSER.user() + "@'%' IDENTIFIED BY '" + SUPERUSER.password() + "'");
            statement.execute("GRANT ALL PRIVILEGES ON *.* TO " + SUPERUSER.user() + "@'%' WITH GRANT OPTION");
            statement.execute("DELETE FROM mysql.global_priv WHERE User IN ('root', '')");
            statement.execute("FLUSH PRIVILEGES");
        }
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
    public MariaDbLogin superuser() {
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
    public MariaDbDatabase createDatabase() {
        int number = databases.incrementAndGet();
        MariaDbLogin login = new MariaDbLogin("login_" + number, "canary-login-" + number + "-9a3c");
        MariaDbDatabase database = new MariaDbDatabase(this, "test_" + number, login);
        administer(
                "CREATE USER " + login.user() + "@'%' IDENTIFIED BY '" + login.password() + "'",
                "CREATE DATABASE " + database.name());
        return database;
    }

    void drop(MariaDbDatabase database) {
        administer(
                "DROP DATABASE IF EXISTS " + database.name(),
                "DROP USER IF EXISTS " + database.unprivileged().user() + "@'%'");
    }

    private void administer(String... statements) {
        try (Connection connection = MariaDbDatabase.connect(HOST, port, "", SUPERUSER);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("MariaDB refused: " + failed.getMessage(), failed);
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
            throw new IllegalStateException("MariaDB did not start again", failed);
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
