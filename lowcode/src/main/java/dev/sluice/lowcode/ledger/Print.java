package dev.sluice.lowcode.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Makes short numbers of texts, so that what was sent can be recognised. One thread uses it. */
public final class Print {
    private final MessageDigest digest;

    /** A maker of numbers. */
    public Print() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** The number of a text; never zero. */
    public long of(String text) {
        long print = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return print == 0 ? 1 : print;
    }
}
