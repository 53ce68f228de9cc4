package dev.sluice.connector.mysql.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * Makes the sockets of the driver, so that the connector gets hold of them: bulk data then goes over them without the
 * driver's copies. The driver finds this class by its name, and an attempt to connect by a property of its configuration.
 */
public final class CapturingSockets extends ConfigurableSocketFactory {
    static final String KEY = "sluiceAttempt";

    private static final Map<String, Attempt> ATTEMPTS = new ConcurrentHashMap<>();

    private @Nullable Attempt attempt;

    /** Called by the driver. */
    public CapturingSockets() {}

    /** One attempt of the driver to connect: how TLS trusts, and which socket came of it. */
    static final class Attempt implements AutoCloseable {
        private final String key = UUID.randomUUID().toString();
        private final SSLSocketFactory tls;
        private final String host;
        private final boolean verifiesHost;
        private volatile @Nullable Socket socket;

        private Attempt(SSLSocketFactory tls, String host, boolean verifiesHost) {
            this.tls = tls;
            this.host = host;
            this.verifiesHost = verifiesHost;
        }

        String key() {
            return key;
        }

        /** The socket of the connection, TLS included; null before there is one. */
        @Nullable
        Socket socket() {
            return socket;
        }

        SSLSocket encrypt(Socket plain) throws IOException {
            SSLSocket made = (SSLSocket) tls.createSocket(plain, host, plain.getPort(), true);
            if (verifiesHost) {
                SSLParameters parameters = made.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                made.setSSLParameters(parameters);
            }
            socket = made;
            return made;
        }

        @Override
        public void close() {
            ATTEMPTS.remove(key);
        }
    }

    /**
     * Begins an attempt.
     *
     * @param tls makes the TLS sockets
     * @param host the name that the server has to prove if it is verified
     * @param verifiesHost true to verify it
     */
    static Attempt begin(SSLSocketFactory tls, String host, boolean verifiesHost) {
        Attempt attempt = new Attempt(tls, host, verifiesHost);
        ATTEMPTS.put(attempt.key(), attempt);
        return attempt;
    }

    /** A plain socket that knows its attempt. */
    static final class CapturedSocket extends Socket {
        private final Attempt attempt;

        CapturedSocket(Attempt attempt) {
            this.attempt = attempt;
        }

        Attempt attempt() {
            return attempt;
        }
    }

    @Override
    public void setConfiguration(Configuration configuration, String host) {
        attempt = ATTEMPTS.get(configuration.nonMappedOptions().getProperty(KEY, ""));
    }

    @Override
    public Socket createSocket() throws IOException {
        Attempt current = attempt;
        if (current == null) {
            throw new IOException("the attempt to connect is over");
        }
        Socket made = new CapturedSocket(current);
        current.socket = made;
        return made;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw notUsed();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw notUsed();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        throw notUsed();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        throw notUsed();
    }

    private static IOException notUsed() {
        return new IOException("the driver connects its sockets itself");
    }
}
