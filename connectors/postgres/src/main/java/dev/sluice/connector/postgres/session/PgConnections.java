package dev.sluice.connector.postgres.session;

import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.net.Detour;
import dev.sluice.cdk.net.TlsTrust;
import dev.sluice.spi.runtime.ConnectorContext;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.postgresql.Driver;
import org.postgresql.jdbc.PgConnection;

/** Opens sessions with the options of a configuration. Thread-safe; owns the tunnel if there is one. */
public final class PgConnections implements AutoCloseable {
    private static final String CONNECT_SECONDS = "20";

    /**
     * What every session is set to, so that texts look the same whatever the server's defaults are. The empty search
     * path keeps names of other schemas from standing in for built-in ones.
     */
    private static final String SETTINGS = String.join(
            "; ",
            "SET search_path = pg_catalog",
            "SET TimeZone = 'UTC'",
            "SET DateStyle = 'ISO, YMD'",
            "SET IntervalStyle = 'iso_8601'",
            "SET bytea_output = 'hex'",
            "SET extra_float_digits = 1",
            "SET statement_timeout = 0",
            "SET idle_in_transaction_session_timeout = 0",
            "SET jit = off");

    private final Settings options;
    private final Driver driver = new Driver();
    private final Detour detour;

    /** Prepares for sessions with these options; connects to nothing yet. */
    public PgConnections(Settings options, ConnectorContext context) {
        this.options = options;
        this.detour = new Detour(
                options,
                options.get(ConnectionOptions.HOST),
                options.get(ConnectionOptions.PORT).intValue(),
                context);
    }

    /** Where the sessions lead, for messages. */
    public String place() {
        return options.get(ConnectionOptions.HOST) + ":" + options.get(ConnectionOptions.PORT) + "/"
                + options.get(ConnectionOptions.DATABASE);
    }

    /** Opens a session. */
    public PgSession open() {
        return open(Map.of());
    }

    /** Opens a session in which the commands of replication can be given, beside simple statements. */
    public PgSession openReplication() {
        return open(Map.of("replication", "database", "preferQueryMode", "simple"));
    }

    private PgSession open(Map<String, String> otherwise) {
        try (SocketCapture capture = SocketCapture.begin(detour.nearEnd(), tls())) {
            PgConnection connection =
                    (PgConnection) Objects.requireNonNull(driver.connect(url(), properties(capture, otherwise)));
            Socket socket = Objects.requireNonNull(capture.socket(), "the driver made no socket");
            PgSession session = new PgSession(connection, socket, place());
            session.execute(SETTINGS);
            return session;
        } catch (SQLException failure) {
            throw PgProblems.connecting(failure, place());
        }
    }

    /** The modes below verify-ca accept any certificate, as libpq does. */
    private SSLSocketFactory tls() {
        Optional<Settings> mode = options.find(ConnectionOptions.SSL_MODE);
        return TlsTrust.socketFactory(mode, mode.map(Settings::group).orElse("").startsWith("verify-"));
    }

    /** Host and port stand in the properties; the name of the database is encoded, so it cannot become a parameter. */
    private String url() {
        return "jdbc:postgresql:" + URLEncoder.encode(options.get(ConnectionOptions.DATABASE), StandardCharsets.UTF_8);
    }

    private Properties properties(SocketCapture capture, Map<String, String> otherwise) {
        Properties properties = new Properties();
        properties.setProperty("PGHOST", options.get(ConnectionOptions.HOST));
        properties.setProperty("PGPORT", options.get(ConnectionOptions.PORT).toString());
        properties.setProperty("user", options.get(ConnectionOptions.USERNAME));
        options.find(ConnectionOptions.PASSWORD).ifPresent(password -> properties.setProperty("password", password));
        Optional<Settings> tls = options.find(ConnectionOptions.SSL_MODE);
        properties.setProperty("sslmode", tls.map(Settings::group).orElse("prefer"));
        properties.setProperty("sslfactory", SocketCapture.Tls.class.getName());
        properties.setProperty("sslfactoryarg", capture.key());
        properties.setProperty("socketFactory", SocketCapture.Plain.class.getName());
        properties.setProperty("socketFactoryArg", capture.key());
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "sluice");
        properties.setProperty("assumeMinServerVersion", "12");
        properties.putAll(otherwise);
        return properties;
    }

    @Override
    public void close() {
        detour.close();
    }
}
