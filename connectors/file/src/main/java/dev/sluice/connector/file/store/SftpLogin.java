package dev.sluice.connector.file.store;

import org.jspecify.annotations.Nullable;

/**
 * How to reach the files of an SSH server; null stands for what {@code ssh} would take.
 *
 * @param password the password of the user
 * @param key the text of a private key
 * @param passphrase what a private key is encrypted with
 * @param hostKey the fingerprint of the server's key
 * @param knownHosts the file of the keys of known servers
 */
public record SftpLogin(
        @Nullable String password,
        @Nullable String key,
        @Nullable String passphrase,
        @Nullable String hostKey,
        @Nullable String knownHosts) {
    /** Nothing said. */
    public static final SftpLogin NONE = new SftpLogin(null, null, null, null, null);

    /** Shows no secret. */
    @Override
    public String toString() {
        return "SftpLogin[" + hostKey + ", " + knownHosts + "]";
    }
}
