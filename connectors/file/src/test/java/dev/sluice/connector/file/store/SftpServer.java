package dev.sluice.connector.file.store;

import dev.sluice.connector.file.store.sftp.SftpStore;
import dev.sluice.testkit.ssh.SshFiles;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real SSH server in this process; each user has a root of its own. */
public final class SftpServer implements StoreServer {
    private static final SftpServer SHARED = new SftpServer();

    private final SshFiles files = SshFiles.shared();

    private SftpServer() {}

    /** The server of this process. */
    public static SftpServer shared() {
        return SHARED;
    }

    @Override
    public StoreKind kind() {
        return StoreKind.SFTP;
    }

    @Override
    public String newBucket() {
        return files.newUser() + "@127.0.0.1:" + files.port();
    }

    /** Where the files of a user lie. */
    public Path folder(String bucket) {
        return files.folder(bucket.substring(0, bucket.indexOf('@')));
    }

    /** The fingerprint of its key, as others compute it. */
    public String fingerprint() {
        return files.fingerprint();
    }

    /** The key that it accepts. */
    public KeyPair clientKey() {
        return files.clientKey();
    }

    /** The key that it shows. */
    public KeyPair hostKey() {
        return files.hostKey();
    }

    @Override
    public SftpStore store(String bucket) {
        return SftpStore.open(bucket, new SftpLogin(SshFiles.PASSWORD, null, null, fingerprint(), null));
    }

    @Override
    public Map<String, @Nullable Object> options(String path) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("path", path);
        options.put("sftp_password", SshFiles.PASSWORD);
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
