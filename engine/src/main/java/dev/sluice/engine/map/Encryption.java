package dev.sluice.engine.map;

import java.util.List;
import java.util.function.UnaryOperator;

/** How values are encrypted. */
public sealed interface Encryption {
    /** In words for people, without the key. */
    String words();

    /** The key. */
    Secret key();

    /** The same with the references of its key resolved. */
    Encryption resolved(UnaryOperator<String> references);

    /**
     * RSA with a public key: only who has the private one can read the values.
     *
     * @param key the public key: PEM, or DER in hexadecimal digits
     * @param oaep true for the padding of today, OAEP with SHA-256; false for PKCS #1 1.5, as Airbyte does it
     */
    record Rsa(Secret key, boolean oaep) implements Encryption {
        @Override
        public String words() {
            return oaep ? "RSA with OAEP" : "RSA";
        }

        @Override
        public Encryption resolved(UnaryOperator<String> references) {
            return new Rsa(key.resolved(references), oaep);
        }
    }

    /**
     * AES: 16 random bytes, where the mode takes them, and the encrypted value.
     *
     * @param key 16, 24 or 32 bytes in hexadecimal digits
     * @param mode one of {@link #MODES}
     * @param padding one of {@link #PADDINGS}
     */
    record Aes(Secret key, String mode, String padding) implements Encryption {
        /** The modes. */
        public static final List<String> MODES = List.of("CBC", "CFB", "OFB", "CTR", "GCM", "ECB");

        /** The paddings. */
        public static final List<String> PADDINGS = List.of("NoPadding", "PKCS5Padding");

        @Override
        public String words() {
            return "AES/" + mode + "/" + padding;
        }

        @Override
        public Encryption resolved(UnaryOperator<String> references) {
            return new Aes(key.resolved(references), mode, padding);
        }
    }
}
