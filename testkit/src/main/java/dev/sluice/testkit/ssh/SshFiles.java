package dev.sluice.testkit.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A server of SFTP on a port of 127.0.0.1; each user sees a folder of his own as the root. Thread-safe. */
public final class SshFiles {
    /** The password of all users. */
    public static final String PASSWORD = "the-password";

    private final SshServer ssh;
    private final Path root;
    private final KeyPair hostKey;
    private final KeyPair clientKey;
    private final AtomicInteger users = new AtomicInteger();

    private static final class Shared {
        static final SshFiles SERVER = start();
    }

    private SshFiles(SshServer ssh, Path root, KeyPair hostKey, KeyPair clientKey) {
        this.ssh = ssh;
        this.root = root;
        this.hostKey = hostKey;
        this.clientKey = clientKey;
    }

    /** The server of this process; all tests share it and have users of their own. */
    public static SshFiles shared() {
        return Shared.SERVER;
    }

    private static SshFiles start() {
        try {
            Path root = Files.createTempDirectory("sluice-sftp-");
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair hostKey = generator.generateKeyPair();
            KeyPair clientKey = generator.generateKeyPair();
            SshServer ssh = SshServer.setUpDefaultServer();
            ssh.setHost("127.0.0.1");
            ssh.setPort(0);
            ssh.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
            ssh.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
            ssh.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, clientKey.getPublic()));
            ssh.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
            ssh.setFileSystemFactory(new VirtualFileSystemFactory() {
                @Override
                public Path getUserHomeDir(SessionContext session) {
                    return root.resolve(session.getUsername());
                }
            });
            ssh.start();
            return new SshFiles(ssh, root, hostKey, clientKey);
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("the SSH server does not start", failure);
        }
    }

    /** A new user with an empty folder. */
    public String newUser() {
        String user = "user-" + users.incrementAndGet();
        try {
            Files.createDirectories(folder(user));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return user;
    }

    /** Where the files of a user lie. */
    public Path folder(String user) {
        return root.resolve(user);
    }

    /** The port that it listens on. */
    public int port() {
        return ssh.getPort();
    }

    /** The fingerprint of its key, as others compute it. */
    public String fingerprint() {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey.getPublic());
    }

    /** The key that it accepts. */
    public KeyPair clientKey() {
        return clientKey;
    }

    /** The key that it shows. */
    public KeyPair hostKey() {
        return hostKey;
    }
}
