package dev.sluice.cdk.net;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import dev.sluice.cdk.config.Settings;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A tunnel through an SSH server: a port on this machine's loopback that leads to another one. */
public final class SshTunnel implements AutoCloseable {
    private static final int CONNECT_MILLIS = 30_000;
    private static final int KEEP_ALIVE_MILLIS = 30_000;

    private final Session session;
    private final int localPort;

    private SshTunnel(Session session, int localPort) {
        this.session = session;
        this.localPort = localPort;
    }

    /**
     * Opens a tunnel.
     *
     * @param options the settings of a tunnel method
     * @param host the host that it leads to, as the SSH server sees it
     * @param port the port that it leads to
     */
    public static SshTunnel open(Settings options, String host, int port, ConnectorContext context) {
        String sshHost = options.get(TunnelOptions.TUNNEL_HOST);
        try {
            JSch jsch = new JSch();
            Optional<String> key = options.find(TunnelOptions.SSH_KEY);
            if (key.isPresent()) {
                jsch.addIdentity("tunnel", key.get().getBytes(StandardCharsets.UTF_8), null, null);
            }
            Session session = jsch.getSession(
                    options.get(TunnelOptions.TUNNEL_USER),
                    sshHost,
                    options.get(TunnelOptions.TUNNEL_PORT).intValue());
            options.find(TunnelOptions.TUNNEL_PASSWORD)
                    .ifPresent(password -> session.setPassword(password.getBytes(StandardCharsets.UTF_8)));
            Optional<String> pinned = options.find(TunnelOptions.HOST_KEY_FINGERPRINT);
            pinned.ifPresent(fingerprint -> session.setHostKeyRepository(new PinnedHostKey(fingerprint)));
            session.setConfig("StrictHostKeyChecking", pinned.isPresent() ? "yes" : "no");
            session.setConfig("PreferredAuthentications", key.isPresent() ? "publickey" : "password");
            session.setServerAliveInterval(KEEP_ALIVE_MILLIS);
            session.connect(CONNECT_MILLIS);
            if (pinned.isEmpty()) {
                context.log(
                        System.Logger.Level.WARNING,
                        "the SSH server " + sshHost + " has the key " + fingerprint(session.getHostKey())
                                + "; set tunnel_host_key to accept no other");
            }
            int localPort = session.setPortForwardingL("127.0.0.1", 0, host, port);
            return new SshTunnel(session, localPort);
        } catch (JSchException failure) {
            throw problem(failure, sshHost);
        }
    }

    /** The near end of the tunnel. */
    public InetSocketAddress nearEnd() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), localPort);
    }

    /** False once the connection to the SSH server is gone. */
    public boolean isOpen() {
        return session.isConnected();
    }

    @Override
    public void close() {
        session.disconnect();
    }

    private static String fingerprint(HostKey key) {
        return PinnedHostKey.fingerprint(Base64.getDecoder().decode(key.getKey()));
    }

    private static ProblemException problem(JSchException failure, String sshHost) {
        String words = String.valueOf(failure.getMessage());
        if (failure instanceof JSchHostKeyException) {
            return Problem.of("E_SSH_HOST_KEY", ProblemKind.PERMISSION, "the SSH server has another key than expected")
                    .at("tunnel_method " + sshHost)
                    .because(words)
                    .fix("make sure that it is the right server before you change tunnel_host_key")
                    .exception(failure);
        }
        boolean refused = words.startsWith("Auth") || words.contains("privatekey") || words.contains("invalid key");
        Problem problem = refused
                ? Problem.of("E_SSH_AUTH", ProblemKind.PERMISSION, "the SSH server refused the credentials")
                        .fix("check tunnel_user and the key or password of tunnel_method")
                : Problem.of("E_SSH_UNREACHABLE", ProblemKind.UNREACHABLE, "the SSH server cannot be reached")
                        .fix("check tunnel_host and tunnel_port");
        return problem.at("tunnel_method " + sshHost).because(words).exception(failure);
    }
}
