package dev.sluice.connector.file.store;

import dev.sluice.connector.file.store.sftp.SftpStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;

/** A real SSH server in this process; each user has a root of its own. */
public final class SftpServer implements StoreServer {
    private static final String PASSWORD = "the-password";

    private final SshServer ssh;
    private final Path root;
    private final KeyPair hostKey;
    private final KeyPair clientKey;
    private final AtomicInteger users = new AtomicInteger();

    private static final class Shared {
        static final SftpServer SERVER = start();
    }

    private SftpServer(SshServer ssh, Path root, KeyPair hostKey, KeyPair clientKey) {
        this.ssh = ssh;
        this.root = root;
        this.hostKey = hostKey;
        this.clientKey = clientKey;
    }

    /** The server of this process. */
    public static SftpServer shared() {
        return Shared.SERVER;
    }

    private static SftpServer start() {
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
            return new SftpServer(ssh, root, hostKey, clientKey);
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("the SSH server does not start", failure);
        }
    }

    @Override
    public StoreKind kind() {
        return StoreKind.SFTP;
    }

    @Override
    public String newBucket() {
        String user = "user-" + users.incrementAndGet();
        try {
            Files.createDirectories(root.resolve(user));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return user + "@127.0.0.1:" + ssh.getPort();
    }

    /** Where the files of a user lie. */
    public Path folder(String bucket) {
        return root.resolve(bucket.substring(0, bucket.indexOf('@')));
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

    @Override
    public SftpStore store(String bucket) {
        return SftpStore.open(bucket, new SftpLogin(PASSWORD, null, null, fingerprint(), null));
    }

    @Override
    public Map<String, @Nullable Object> options(String path) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("path", path);
        options.put("sftp_password", PASSWORD);
        options.put("sftp_host_key", fingerprint());
        return options;
    }

    @Override
    public String secretOption() {
        return "sftp_password";
    }

    @Override
    public @Nullable String missingBucket() {
        return null;
    }
}
