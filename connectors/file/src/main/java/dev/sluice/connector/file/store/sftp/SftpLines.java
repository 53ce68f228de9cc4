package dev.sluice.connector.file.store.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import dev.sluice.cdk.net.PinnedHostKey;
import dev.sluice.connector.file.store.SftpLogin;
import dev.sluice.connector.file.store.StoreProblems;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lines to one SSH server. A line does one thing at a time, so each thread borrows its own; servers let a connection have
 * about ten, so that there may be several connections.
 */
final class SftpLines implements AutoCloseable {
    private static final int CONNECT_MILLIS = 30_000;
    private static final int IDLE_MILLIS = 60_000;
    private static final int LINES_A_CONNECTION = 8;

    private final SftpHost host;
    private final SftpLogin login;
    private final ReentrantLock guard = new ReentrantLock();
    private final Deque<ChannelSftp> idle = new ArrayDeque<>();
    private final Map<Session, Integer> connections = new LinkedHashMap<>();

    SftpLines(SftpHost host, SftpLogin login) {
        this.host = host;
        this.login = login;
    }

    SftpHost host() {
        return host;
    }

    /** A line that nobody else uses. */
    ChannelSftp take() {
        guard.lock();
        try {
            while (!idle.isEmpty()) {
                ChannelSftp line = idle.pop();
                if (line.isConnected()) {
                    return line;
                }
                end(line);
            }
            Session session = connection();
            ChannelSftp line = (ChannelSftp) session.openChannel("sftp");
            line.connect(CONNECT_MILLIS);
            connections.merge(session, 1, Integer::sum);
            return line;
        } catch (JSchException failure) {
            throw problem(failure);
        } finally {
            guard.unlock();
        }
    }

    /** Takes a line back; one that failed is ended. */
    void giveBack(ChannelSftp line, boolean usable) {
        guard.lock();
        try {
            if (usable && line.isConnected()) {
                idle.push(line);
            } else {
                end(line);
            }
        } finally {
            guard.unlock();
        }
    }

    private void end(ChannelSftp line) {
        line.disconnect();
        try {
            connections.merge(line.getSession(), -1, Integer::sum);
        } catch (JSchException alreadyForgotten) {
            // Its connection is gone, and is left out by the next search.
        }
    }

    private Session connection() throws JSchException {
        connections.keySet().removeIf(session -> !session.isConnected());
        for (Map.Entry<Session, Integer> each : connections.entrySet()) {
            if (each.getValue() < LINES_A_CONNECTION) {
                return each.getKey();
            }
        }
        Session session = connect();
        connections.put(session, 0);
        return session;
    }

    private Session connect() throws JSchException {
        JSch jsch = new JSch();
        addKeys(jsch);
        Session session = jsch.getSession(host.user(), host.name(), host.port());
        String password = login.password();
        if (password != null) {
            session.setPassword(password.getBytes(StandardCharsets.UTF_8));
        }
        // The server shows who it is before it is told any password.
        session.setConfig("StrictHostKeyChecking", "yes");
        String pinned = login.hostKey();
        if (pinned != null) {
            session.setHostKeyRepository(new PinnedHostKey(pinned));
        } else {
            Path known = knownHosts(login.knownHosts());
            if (Files.exists(known)) {
                jsch.setKnownHosts(known.toString());
            }
        }
        session.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
        session.setTimeout(IDLE_MILLIS);
        session.setServerAliveInterval(IDLE_MILLIS / 2);
        session.connect(CONNECT_MILLIS);
        return session;
    }

    private static Path ssh(String file) {
        return Path.of(System.getProperty("user.home"), ".ssh", file);
    }

    private static Path knownHosts(@Nullable String given) {
        return given == null ? ssh("known_hosts") : Path.of(given);
    }

    private void addKeys(JSch jsch) throws JSchException {
        String key = login.key();
        String passphrase = login.passphrase();
        byte[] words = passphrase == null ? null : passphrase.getBytes(StandardCharsets.UTF_8);
        if (key != null) {
            jsch.addIdentity("sftp_private_key", key.getBytes(StandardCharsets.UTF_8), null, words);
        } else if (login.password() == null) {
            for (String name : List.of("id_ed25519", "id_ecdsa", "id_rsa")) {
                Path file = ssh(name);
                if (Files.isReadable(file)) {
                    jsch.addIdentity(file.toString(), words);
                }
            }
        }
    }

    private ProblemException problem(JSchException failure) {
        String words = String.valueOf(failure.getMessage());
        if (failure instanceof JSchHostKeyException) {
            return Problem.of("E_SSH_HOST_KEY", ProblemKind.PERMISSION, "the SSH server is not one that is known")
                    .at(host.toString())
                    .because(words)
                    .fix("ask its owner for the fingerprint of its key, and give it as sftp_host_key or add the server"
                            + " to the known hosts: `ssh-keyscan " + host.name() + "`")
                    .exception(failure);
        }
        boolean refused = words.startsWith("Auth")
                || words.startsWith("USERAUTH")
                || words.contains("privatekey")
                || words.contains("invalid key");
        Problem problem = refused
                ? StoreProblems.denied(host.toString(), words)
                : StoreProblems.unreachable(host.toString(), words);
        return problem.exception(failure);
    }

    @Override
    public void close() {
        guard.lock();
        try {
            connections.keySet().forEach(Session::disconnect);
            connections.clear();
            idle.clear();
        } finally {
            guard.unlock();
        }
    }
}
