package dev.sluice.testkit.postgres;

import dev.sluice.testkit.fault.TlsCertificate;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL of this machine. {@link #shared()} is one for all tests of a process; a test that stops or restarts
 * the server calls {@link #start(PostgresOptions)} for one of its own.
 *
 * <p>It listens on 127.0.0.1 only and asks for a password (scram-sha-256) over TCP. Its data lies in a temporary
 * directory that goes with the process. Methods may be called by several threads, apart from those that stop and start.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final PostgresLogin SUPERUSER = new PostgresLogin("postgres", "canary-superuser-8c1f");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres embedded;
    private final PostgresCommand command;
    private final @Nullable TlsCertificate certificate;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(EmbeddedPostgres embedded, PostgresCommand command, @Nullable TlsCertificate certificate) {
        this.embedded = embedded;
        this.command = command;
        this.certificate = certificate;
    }

    private static final class Shared {
        static final PostgresServer SERVER = start(PostgresOptions.DEFAULTS);
    }

    /**
     * The server that all tests of this process share; started at the first call, stopped when the process ends.
     *
     * @throws IllegalStateException if no PostgreSQL can run here; the message says why
     */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /**
     * Starts a server for the caller alone, who closes it.
     *
     * @throws IllegalStateException if no PostgreSQL can run here; the message says why
     */
    public static PostgresServer start(PostgresOptions options) {
        PostgresCommand.requireUsableUser();
        // The library that unpacks the server logs what concerns nobody; without a log it would complain.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        try {
            return launch(options);
        } catch (IOException | SQLException failed) {
            throw new IllegalStateException("PostgreSQL did not start: " + failed.getMessage(), failed);
        }
    }

    private static PostgresServer launch(PostgresOptions options) throws IOException, SQLException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        // In this directory the library finds and stops the servers of processes that were killed.
        Path data = Files.createDirectories(
                temporary.resolve("embedded-pg").resolve(UUID.randomUUID().toString()));
        Path unpacked = temporary.resolve("sluice-postgres-of-" + System.getProperty("user.name"));
        Path log = Files.createTempFile("sluice-postgres-", ".log");
        log.toFile().deleteOnExit();
        TlsCertificate certificate = options.tls() ? TlsCertificate.selfSigned("localhost", HOST) : null;
        EmbeddedPostgres embedded = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(true)
                .setOverrideWorkingDirectory(unpacked.toFile())
                .setPGStartupWait(START_LIMIT)
                // A collation that is the same on every machine, and orders text as bytes.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setDataDirectoryCustomizer(made -> configure(made.toPath(), options, certificate))
                .setOutputRedirector(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
        int port = embedded.getPort();
        append(data.resolve("postgresql.conf"), "port = " + port + "\n");
        Path programs = askForPasswords(embedded, data);
        PostgresServer server = new PostgresServer(embedded, new PostgresCommand(programs, data, log), certificate);
        if (options.durable()) {
            server.restart(); // the library starts with fsync off whatever the file says
        }
        return server;
    }

    private static void configure(Path data, PostgresOptions options, @Nullable TlsCertificate certificate) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "fsync", options.durable() ? "on" : "off",
                "synchronous_commit", options.durable() ? "on" : "off",
                "full_page_writes", options.durable() ? "on" : "off",
                "listen_addresses", HOST,
                "unix_socket_directories", "",
                "max_connections", "300",
                "wal_level", "logical",
                "max_wal_size", "2GB",
                "autovacuum_naptime", "1h",
                "timezone", "UTC"));
        settings.put("max_replication_slots", "40");
        settings.put("max_wal_senders", "40");
        settings.put("max_prepared_transactions", "40");
        settings.put("max_locks_per_transaction", "256");
        settings.put("log_timezone", "UTC");
        settings.put("lc_messages", "C");
        try {
            if (certificate != null) {
                settings.put("ssl", "on");
                certificate.writePem(data.resolve("server.crt"), data.resolve("server.key"));
            }
            settings.putAll(options.settings());
            StringBuilder lines = new StringBuilder("\n");
            settings.forEach((name, value) -> lines.append(name)
                    .append(" = '")
                    .append(value.replace("'", "''"))
                    .append("'\n"));
            append(data.resolve("postgresql.conf"), lines.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Gives the superuser a password, asks everybody for theirs, and tells where the server's programs lie. */
    private static Path askForPasswords(EmbeddedPostgres embedded, Path data) throws IOException, SQLException {
        try (Connection connection = PostgresDatabase.dataSource(
                                HOST, embedded.getPort(), "postgres", new PostgresLogin("postgres", ""))
                        .getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE postgres PASSWORD '" + SUPERUSER.password() + "'");
            Files.writeString(
                    data.resolve("pg_hba.conf"),
                    "host all all 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("SELECT pg_reload_conf()");
            try (var result = statement.executeQuery("SELECT setting FROM pg_config WHERE name = 'BINDIR'")) {
                result.next();
                return Path.of(result.getString(1));
            }
        }
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, Files.readString(file) + text);
    }

    /** The address it listens on, an IPv4 address. */
    public String host() {
        return HOST;
    }

    /** The TCP port it listens on; the same after a restart. */
    public int port() {
        return embedded.getPort();
    }

    /** The role that may do everything. */
    public PostgresLogin superuser() {
        return SUPERUSER;
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

    /** Makes a new empty database in UTF-8 with a role of its own; the caller closes it. */
    public PostgresDatabase createDatabase() {
        return createDatabase("template0");
    }

    /**
     * Makes a new database with all that is in another one, and a role of its own; the caller closes it.
     *
     * @param original a database that nobody is connected to
     */
    public PostgresDatabase copyOf(PostgresDatabase original) {
        return createDatabase(original.name());
    }

    private PostgresDatabase createDatabase(String template) {
        int number = databases.incrementAndGet();
        PostgresLogin login = new PostgresLogin("login_" + number, "canary-login-" + number + "-5e2d");
        PostgresDatabase database = new PostgresDatabase(this, "test_" + number, login);
        administer(
                "CREATE ROLE " + login.user() + " LOGIN PASSWORD '" + login.password() + "'",
                "CREATE DATABASE " + database.name() + " TEMPLATE " + template);
        return database;
    }

    void drop(PostgresDatabase database) {
        administer(
                "DROP DATABASE IF EXISTS " + database.name() + " WITH (FORCE)",
                "DROP ROLE IF EXISTS " + database.unprivileged().user());
    }

    private void administer(String... statements) {
        try (Connection connection = PostgresDatabase.dataSource(HOST, embedded.getPort(), "postgres", SUPERUSER)
                        .getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("PostgreSQL refused: " + failed.getMessage(), failed);
        }
    }

    /** Ends the server as a crash would: connections break, nothing is flushed. */
    public void stopImmediately() {
        command.run("stop", "-m", "immediate");
    }

    /** Starts the stopped server again on the same port; recovers from its log first if it did not stop in good order. */
    public void startAgain() {
        command.run("start");
    }

    /** Stops the server in good order, breaking all connections, and starts it again. */
    public void restart() {
        command.run("stop", "-m", "fast");
        command.run("start");
    }

    /** What the server and its tools wrote to their log so far. */
    public String log() {
        return command.log();
    }

    /** Stops the server and deletes its data. */
    @Override
    public void close() {
        try {
            embedded.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
