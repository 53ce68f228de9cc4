package dev.sluice.cdk.net;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Knows an SSH server by the fingerprint of its key and by nothing else. A session that has it as its repository, and is
 * strict, compares the key before it says who it is.
 */
public final class PinnedHostKey implements HostKeyRepository {
    private final String expected;

    /** Accepts the key with this fingerprint, as {@code ssh-keygen -l} prints it. */
    public PinnedHostKey(String expected) {
        this.expected = expected.strip();
    }

    /** The fingerprint of a key as {@code ssh-keygen -l} prints it. */
    public static String fingerprint(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public int check(String host, byte[] key) {
        return fingerprint(key).equals(expected) ? OK : CHANGED;
    }

    @Override
    public void add(HostKey key, @Nullable UserInfo user) {
        // No other key is ever accepted.
    }

    @Override
    public void remove(String host, String type) {
        // There is nothing to take away.
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        // There is nothing to take away.
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return "the configuration";
    }

    @Override
    public HostKey[] getHostKey() {
        return new HostKey[0];
    }

    @Override
    public HostKey[] getHostKey(String host, String type) {
        return new HostKey[0];
    }
}
