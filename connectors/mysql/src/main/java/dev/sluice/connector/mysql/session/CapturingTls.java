package dev.sluice.connector.mysql.session;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.TlsSocketPlugin;

/**
 * Makes the TLS sockets of the driver on top of plain ones. The driver finds it as a service by its type. Whom it trusts
 * is the matter of the attempt alone; what the driver itself would trust is not used.
 */
public final class CapturingTls implements TlsSocketPlugin {
    static final String TYPE = "sluice";

    /** Called by the driver. */
    public CapturingTls() {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public TrustManager @Nullable [] getTrustManager(
            Configuration configuration, ExceptionFactory exceptions, HostAddress host) {
        return new TrustManager[0];
    }

    @Override
    public KeyManager @Nullable [] getKeyManager(Configuration configuration, ExceptionFactory exceptions) {
        return new KeyManager[0];
    }

    @Override
    public SSLSocket createSocket(Socket plain, SSLSocketFactory notUsed, @Nullable String host) throws IOException {
        if (plain instanceof CapturingSockets.CapturedSocket captured) {
            return captured.attempt().encrypt(plain);
        }
        throw new IOException("TLS is only used on sockets of an attempt");
    }
}
