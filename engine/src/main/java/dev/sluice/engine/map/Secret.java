package dev.sluice.engine.map;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key. It is never shown: what prints it prints stars. */
public final class Secret {
    private static final int FINGERPRINT_BYTES = 4;

    private final String text;

    /** A secret of this text, which may be a reference that is not resolved yet. */
    public Secret(String text) {
        this.text = Objects.requireNonNull(text);
    }

    /** The same with its references resolved. */
    public Secret resolved(UnaryOperator<String> references) {
        return new Secret(references.apply(text));
    }

    /** The key itself, for whoever hands it on to another place that keeps it. */
    public String text() {
        return text;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Tells whether the key is another one than before. It is so short that it fits many keys, lest it helps anybody to
     * find the right one.
     */
    String fingerprint() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(text.isEmpty() ? new byte[1] : bytes(), "HmacSHA256"));
            byte[] digest = mac.doFinal("sluice mapper".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "******";
    }
}
