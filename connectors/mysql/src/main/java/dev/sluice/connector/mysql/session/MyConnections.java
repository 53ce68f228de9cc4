package dev.sluice.connector.mysql.session;

import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.net.Detour;
import dev.sluice.cdk.net.TlsTrust;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.mariadb.jdbc.Driver;

/** Opens sessions with the options of a configuration. Thread-safe; owns the tunnel if there is one. */
public final class MyConnections implements AutoCloseable {
    private static final String CONNECT_MILLIS = "20000";

    /** What a host may be made of in the driver's address, where other characters have a meaning. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+|\\[[0-9A-Fa-f:.]+]");

    /** What every session is set to, so that texts look the same and nothing is cut whatever the server's defaults are. */
    private static final String SETTINGS = "SET SESSION time_zone = '+00:00', autocommit = 1, sql_mode ="
        + " 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION',"
        + " character_set_results = 'utf8mb4', sql_select_limit = DEFAULT, sql_safe_updates = 0, sql_big_selects = 1,"
            // A reader or writer on the other side may be slow; the server must not hang up on us.
            + " net_read_timeout = 86400, net_write_timeout = 86400, wait_timeout = 86400";

    /** What only some servers and versions know. */
    private static final List<String> OPTIONAL_SETTINGS = List.of(
            "SET SESSION max_statement_time = 0",
            "SET SESSION max_execution_time = 0",
            "SET SESSION idle_transaction_timeout = 0",
            "SET SESSION idle_readonly_transaction_timeout = 0",
            "SET SESSION innodb_strict_mode = 0",
            "SET SESSION information_schema_stats_expiry = 0");

    private final Settings options;
    private final boolean loads;
    private final Driver driver = new Driver();
    private final Detour detour;

    /**
     * Prepares for sessions with these options; connects to nothing yet.
     *
     * @param loads true if the sessions load data; otherwise the server cannot even ask for a file
     */
    public MyConnections(Settings options, ConnectorContext context, boolean loads) {
        this.options = options;
        this.loads = loads;
        this.detour = new Detour(
                options,
                options.get(ConnectionOptions.HOST),
                options.get(ConnectionOptions.PORT).intValue(),
                context);
        DriverProperties.of(options);
        if (!HOST.matcher(options.get(ConnectionOptions.HOST)).matches()) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the host is neither a name nor an address")
                    .at("host")
                    .exception();
        }
    }

    /** Where the sessions lead, for messages. */
    public String place() {
        return options.get(ConnectionOptions.HOST) + ":" + options.get(ConnectionOptions.PORT);
    }

    /** Opens a session in which each statement sees what is committed; snapshots are begun explicitly. */
    public MySession open() {
        Optional<Settings> tls = options.find(ConnectionOptions.SSL_MODE);
        String mode = tls.map(Settings::group).orElse("preferred");
        boolean verifiesHost = mode.equals(ConnectionOptions.VERIFY_IDENTITY);
        boolean verifies = verifiesHost || mode.equals(ConnectionOptions.VERIFY_CA);
        try (CapturingSockets.Attempt attempt = CapturingSockets.begin(
                TlsTrust.socketFactory(tls, verifies), options.get(ConnectionOptions.HOST), verifiesHost)) {
            Connection connection = Objects.requireNonNull(driver.connect(url(), properties(attempt, mode)));
            Socket socket = Objects.requireNonNull(attempt.socket(), "the driver made no socket");
            return prepared(connection, socket);
        } catch (SQLException failure) {
            throw MyProblems.connecting(failure, place());
        }
    }

    private MySession prepared(Connection connection, Socket socket) throws SQLException {
        ServerVersion version;
        long id;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT VERSION(), CONNECTION_ID()")) {
            result.next();
            version = ServerVersion.parse(String.valueOf(result.getString(1)));
            id = result.getLong(2);
        }
        MySession session = new MySession(connection, socket, place(), version, id);
        session.execute(SETTINGS);
        OPTIONAL_SETTINGS.forEach(session::attempt);
        session.execute("SET SESSION TRANSACTION ISOLATION LEVEL " + (loads ? "READ COMMITTED" : "REPEATABLE READ"));
        return session;
    }

    private String url() {
        InetSocketAddress near = detour.nearEnd();
        return near == null
                ? "jdbc:mariadb://" + options.get(ConnectionOptions.HOST) + ":" + options.get(ConnectionOptions.PORT)
                        + "/"
                : "jdbc:mariadb://127.0.0.1:" + near.getPort() + "/";
    }

    private Properties properties(CapturingSockets.Attempt attempt, String mode) {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", CONNECT_MILLIS);
        properties.setProperty("tcpKeepAlive", "true");
        for (Map.Entry<String, String> given : DriverProperties.of(options).entrySet()) {
            properties.setProperty(given.getKey(), given.getValue());
        }
        properties.setProperty("user", options.get(ConnectionOptions.USERNAME));
        options.find(ConnectionOptions.PASSWORD).ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("sslMode", driverMode(mode));
        properties.setProperty("tlsSocketType", CapturingTls.TYPE);
        properties.setProperty("socketFactory", CapturingSockets.class.getName());
        properties.setProperty(CapturingSockets.KEY, attempt.key());
        // A server could send us elsewhere, past the tunnel and the verified name.
        properties.setProperty("permitRedirect", "false");
        properties.setProperty("allowLocalInfile", Boolean.toString(loads));
        properties.setProperty("useServerPrepStmts", "false");
        properties.setProperty("transactionReplay", "false");
        properties.setProperty("dumpQueriesOnException", "false");
        properties.setProperty("includeInnodbStatusInDeadlockExceptions", "false");
        properties.setProperty("maxAllowedPacket", Integer.toString(64 << 20));
        return properties;
    }

    /** Whom to trust is decided by our own sockets, so the driver only has to know whether TLS is wanted. */
    private static String driverMode(String mode) {
        return switch (mode) {
            case ConnectionOptions.DISABLED -> "disable";
            case "preferred" -> "allow";
            default -> "trust";
        };
    }

    @Override
    public void close() {
        detour.close();
    }
}
