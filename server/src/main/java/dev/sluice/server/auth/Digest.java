package dev.sluice.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random texts that nobody guesses, and what is kept of them. */
final class Digest {
    private static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Digest() {}

    /** A text of 256 random bits behind a word that tells scanners of secrets what it is. */
    static String random(String word) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return word + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is kept of such a text. It is too long to be guessed, so it needs no slow hash. */
    static String of(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
