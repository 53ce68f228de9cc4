package dev.sluice.cdk.net;

import dev.sluice.cdk.config.Settings;
import dev.sluice.spi.runtime.ConnectorContext;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The tunnel of a connector if its options want one: opened when it is first needed, and again if it broke. Thread-safe. */
public final class Detour implements AutoCloseable {
    private final Settings options;
    private final String host;
    private final int port;
    private final ConnectorContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SshTunnel tunnel;

    /**
     * Opens nothing yet.
     *
     * @param options the options of the connector, {@link TunnelOptions#TUNNEL} among them
     * @param host the host of the server
     * @param port the port of the server
     */
    public Detour(Settings options, String host, int port, ConnectorContext context) {
        this.options = options;
        this.host = host;
        this.port = port;
        this.context = context;
    }

    /** The near end of the tunnel; null if the server is reached directly. */
    public @Nullable InetSocketAddress nearEnd() {
        Optional<Settings> method = TunnelOptions.method(options);
        if (method.isEmpty()) {
            return null;
        }
        lock.lock();
        try {
            SshTunnel open = tunnel;
            if (open == null || !open.isOpen()) {
                open = SshTunnel.open(method.get(), host, port, context);
                tunnel = open;
            }
            return open.nearEnd();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (tunnel != null) {
                tunnel.close();
                tunnel = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
