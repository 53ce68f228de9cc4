package dev.sluice.connector.mysql.source;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Digests of values as the server sent them: the first 64 bits of SHA-256. Two different rows of a million have the same
 * one with a chance of three in a hundred million. Not for use by several threads.
 */
final class RowDigest {
    private final MessageDigest sha;

    RowDigest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    long of(byte[] bytes, int from, int to) {
        sha.update(bytes, from, to - from);
        return ByteBuffer.wrap(sha.digest()).getLong();
    }
}
