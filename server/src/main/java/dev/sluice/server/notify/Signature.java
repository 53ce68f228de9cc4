package dev.sluice.server.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells receivers that a message is from this server, and from when: nobody else can make it, nor send an old one again. */
final class Signature {
    static final String HEADER = "X-Sluice-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The value of the header: the time, and the digest of it, a dot and the body. */
    static String of(String key, Instant at, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            String signed = at.getEpochSecond() + "." + body;
            byte[] digest = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
