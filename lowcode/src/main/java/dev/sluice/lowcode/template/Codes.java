package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The filters that encode and digest texts. */
final class Codes {
    private Codes() {}

    static String apply(String name, String text, Arguments arguments) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (name) {
            case "hash" -> hash(text, arguments);
            case "hmac" -> hmac(bytes, arguments);
            // The last one encodes, whatever its name says: that is what manifests count on.
            case "base64encode", "base64binascii_decode" -> Base64.getEncoder().encodeToString(bytes);
            case "base64decode" -> decoded(text);
            default -> percentEncoded(text);
        };
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException none) {
            throw Fault.value("not base64");
        }
    }

    static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~")
                .replace("%2F", "/");
    }

    private static String hash(String text, Arguments arguments) {
        String method = arguments.text(0, "hash_type", "md5").toLowerCase(Locale.ROOT);
        Object salt = arguments.optional(1, "salt").orElse(None.NONE);
        String algorithm = switch (method) {
            case "md5" -> "MD5";
            case "sha1" -> "SHA-1";
            case "sha224", "sha256", "sha384", "sha512" -> "SHA-" + method.substring(3);
            case "sha3_224", "sha3_256", "sha3_384", "sha3_512" -> "SHA3-" + method.substring(5);
            default -> throw Fault.value("the hash " + method + " is not known");
        };
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            if (!(salt instanceof None)) {
                digest.update(Values.str(salt).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException missing) {
            throw Fault.value("this Java has no " + algorithm);
        }
    }

    private static String hmac(byte[] bytes, Arguments arguments) {
        String method = arguments.text(1, "hash_type", "sha256");
        if (!method.equals("sha256")) {
            throw Fault.value("an HMAC is made with sha256 only");
        }
        byte[] key = Values.str(arguments.required(0, "key")).getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException missing) {
            throw Fault.value("this Java has no HMAC with SHA-256");
        }
    }
}
