package dev.sluice.connector.postgres.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of the driver to connect: where its socket really goes, how TLS trusts, and which socket came of it.
 *
 * <p>The driver takes the classes of socket factories by name and passes them one text. The text is the key of an attempt
 * here, so that the factories find it, and the connector gets hold of the socket that the driver set up: COPY then reads
 * and writes it without the driver's copies.
 */
final class SocketCapture implements AutoCloseable {
    private static final Map<String, SocketCapture> ATTEMPTS = new ConcurrentHashMap<>();

    private final String key = UUID.randomUUID().toString();
    private final @Nullable InetSocketAddress detour;
    private final SSLSocketFactory tls;
    private volatile @Nullable Socket socket;

    private SocketCapture(@Nullable InetSocketAddress detour, SSLSocketFactory tls) {
        this.detour = detour;
        this.tls = tls;
    }

    /**
     * Begins an attempt.
     *
     * @param detour where the connection really goes, such as the near end of a tunnel; null to go where the driver says
     * @param tls makes the TLS sockets
     */
    static SocketCapture begin(@Nullable InetSocketAddress detour, SSLSocketFactory tls) {
        SocketCapture attempt = new SocketCapture(detour, tls);
        ATTEMPTS.put(attempt.key, attempt);
        return attempt;
    }

    String key() {
        return key;
    }

    /** The socket of the connection, TLS included; null before there is one. */
    @Nullable
    Socket socket() {
        return socket;
    }

    /** Ends the attempt: sockets that the driver makes later, to cancel a query, no longer count. */
    @Override
    public void close() {
        ATTEMPTS.remove(key);
    }

    private static SocketCapture attempt(String key) {
        SocketCapture attempt = ATTEMPTS.get(key);
        return attempt == null ? new SocketCapture(null, (SSLSocketFactory) SSLSocketFactory.getDefault()) : attempt;
    }

    /** Makes plain sockets; the driver finds it by name. */
    public static final class Plain extends SocketFactory {
        private final String key;

        /** Called by the driver with the key of an attempt. */
        public Plain(String key) {
            this.key = key;
        }

        @Override
        public Socket createSocket() {
            SocketCapture attempt = attempt(key);
            Socket made = new DetouredSocket(attempt.detour);
            attempt.socket = made;
            return made;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return connected(new InetSocketAddress(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return connected(new InetSocketAddress(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
            return connected(new InetSocketAddress(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
            return connected(new InetSocketAddress(host, port));
        }

        private Socket connected(InetSocketAddress address) throws IOException {
            Socket made = createSocket();
            made.connect(address);
            return made;
        }
    }

    /** Makes TLS sockets on top of plain ones; the driver finds it by name. */
    public static final class Tls extends SSLSocketFactory {
        private final String key;

        /** Called by the driver with the key of an attempt. */
        public Tls(String key) {
            this.key = key;
        }

        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
            SocketCapture attempt = attempt(key);
            Socket made = attempt.tls.createSocket(plain, host, port, autoClose);
            attempt.socket = made;
            return made;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return attempt(key).tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return attempt(key).tls.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new IOException("TLS is only used on top of a connection");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw new IOException("TLS is only used on top of a connection");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
            throw new IOException("TLS is only used on top of a connection");
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
            throw new IOException("TLS is only used on top of a connection");
        }
    }

    /** A socket that goes elsewhere than it is told; the name that is told is then not even looked up. */
    private static final class DetouredSocket extends Socket {
        private final @Nullable InetSocketAddress detour;

        DetouredSocket(@Nullable InetSocketAddress detour) {
            this.detour = detour;
        }

        @Override
        public void connect(SocketAddress address, int timeoutMillis) throws IOException {
            super.connect(detour == null ? address : detour, timeoutMillis);
        }
    }
}
