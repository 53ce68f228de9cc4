package dev.sluice.engine.map;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** Reads keys. What is wrong with one is told without showing any of it. */
final class Keys {
    private static final int LONGEST = 100_000;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END [A-Z ]+-----");

    /** SEQUENCE { OID rsaEncryption, NULL }. */
    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private Keys() {}

    /** A public key: PEM of either kind, or DER in hexadecimal digits. */
    static Key rsa(Secret secret) {
        String text = secret.text().strip();
        if (text.length() > LONGEST) {
            throw wrongRsa("it is longer than any key").exception();
        }
        Matcher pem = PEM.matcher(text);
        byte[] der;
        if (pem.matches()) {
            String kind = pem.group(1);
            if (kind.contains("PRIVATE")) {
                throw wrongRsa("it is a private key, which must stay where the values are read")
                        .exception();
            }
            byte[] body = decoded(pem.group(2));
            der = kind.equals("RSA PUBLIC KEY") ? wrapped(body) : body;
        } else {
            der = digits(text);
        }
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException noKey) {
            throw wrongRsa("its content is no RSA key").exception();
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException noBase64) {
            throw wrongRsa("its content is not Base64").exception();
        }
    }

    private static byte[] digits(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException noDigits) {
            throw wrongRsa("it is neither PEM nor hexadecimal digits").exception();
        }
    }

    private static dev.sluice.spi.problem.Problem wrongRsa(String why) {
        return MapperProblems.invalid("the public key for RSA cannot be read")
                .because(why)
                .fix("give the public key as PEM, such as `openssl rsa -pubout` writes it: `publicKey:"
                        + " \"${file:key.pem}\"`");
    }

    /** The key of PKCS #1 as the X.509 form that has the algorithm beside it. */
    private static byte[] wrapped(byte[] pkcs1) {
        byte[] bits = tagged(0x03, concat(new byte[] {0}, pkcs1));
        return tagged(0x30, concat(RSA_ALGORITHM, bits));
    }

    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {
                            (byte) tag, (byte) 0x83, (byte) (length >> 16), (byte) (length >> 8), (byte) length
                        };
        return concat(head, content);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** A key of AES in hexadecimal digits. */
    static Key aes(Secret secret) {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(secret.text().strip());
        } catch (IllegalArgumentException noDigits) {
            throw wrongAes("it is not made of hexadecimal digits");
        }
        if (bytes.length != 16 && bytes.length != 24 && bytes.length != 32) {
            throw wrongAes("it has " + bytes.length + " bytes");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    private static RuntimeException wrongAes(String why) {
        return MapperProblems.invalid("the key for AES cannot be used")
                .because(why)
                .fix("give 16, 24 or 32 bytes in hexadecimal digits, such as `openssl rand -hex 32` makes them")
                .exception();
    }
}
