package dev.sluice.engine.map;

import static dev.sluice.engine.map.Batches.ID;
import static dev.sluice.engine.map.Batches.mapping;
import static dev.sluice.engine.map.Batches.row;
import static dev.sluice.engine.map.Batches.rows;
import static dev.sluice.engine.map.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has the key reads what was encrypted, nobody reads it without, and bad keys are found before any row is. */
class EncryptingTest {
    private static final Schema SCHEMA = Schema.of(ID, text("note"));
    private static final String AES_KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String SIXTEEN = "sixteen letters!";
    private static KeyPair pair = new KeyPair(null, null);

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
    }

    @ParameterizedTest
    @CsvSource({
        "CBC, PKCS5Padding",
        "CFB, NoPadding",
        "OFB, NoPadding",
        "CTR, NoPadding",
        "GCM, NoPadding",
        "ECB, PKCS5Padding",
        "CBC, NoPadding"
    })
    void encryptsByAesWithRandomBytesInFront(String mode, String padding) throws GeneralSecurityException {
        Encryption.Aes aes = new Encryption.Aes(new Secret(AES_KEY), mode, padding);
        RecordBatch batch = Batches.of(SCHEMA, row("1", SIXTEEN), row("2", SIXTEEN), row("3", null));

        List<? extends List<String>> mapped = rows(encrypt(aes, batch).batch());

        assertThat(decrypted(mode, padding, mapped.get(0).get(1))).isEqualTo(SIXTEEN);
        assertThat(decrypted(mode, padding, mapped.get(1).get(1))).isEqualTo(SIXTEEN);
        assertThat(mapped.get(2).get(1)).isNull();
        if (!mode.equals("ECB")) {
            assertThat(mapped.get(0).get(1)).isNotEqualTo(mapped.get(1).get(1));
        }
    }

    private static String decrypted(String mode, String padding, String hex) throws GeneralSecurityException {
        byte[] bytes = HexFormat.of().parseHex(Objects.requireNonNull(hex));
        Cipher cipher = Cipher.getInstance("AES/" + mode + "/" + padding);
        SecretKeySpec key = new SecretKeySpec(HexFormat.of().parseHex(AES_KEY), "AES");
        if (mode.equals("ECB")) {
            cipher.init(Cipher.DECRYPT_MODE, key);
            return new String(cipher.doFinal(bytes), StandardCharsets.UTF_8);
        }
        AlgorithmParameterSpec front =
                mode.equals("GCM") ? new GCMParameterSpec(128, bytes, 0, 16) : new IvParameterSpec(bytes, 0, 16);
        cipher.init(Cipher.DECRYPT_MODE, key, front);
        return new String(cipher.doFinal(bytes, 16, bytes.length - 16), StandardCharsets.UTF_8);
    }

    @Test
    void rejectsWhatHasNoWholeBlocksWithoutPadding() {
        Encryption.Aes aes = new Encryption.Aes(new Secret(AES_KEY), "CBC", "NoPadding");

        Mapped mapped = encrypt(aes, Batches.of(SCHEMA, row("1", "short"), row("2", SIXTEEN)));

        assertThat(mapped.batch().rows()).isOne();
        assertThat(mapped.rejections())
                .singleElement()
                .satisfies(why -> assertThat(why.reason()).contains("whole blocks"));
    }

    @ParameterizedTest
    @CsvSource({"hex, false", "pem, false", "pkcs1, false", "pem, true"})
    void encryptsByRsaWithKeysInEachForm(String form, boolean oaep) throws GeneralSecurityException {
        Encryption.Rsa rsa = new Encryption.Rsa(new Secret(publicKey(form)), oaep);

        String hex = rows(encrypt(rsa, Batches.of(SCHEMA, row("1", "Zoë"))).batch())
                .getFirst()
                .get(1);

        Cipher cipher = Cipher.getInstance(oaep ? "RSA/ECB/OAEPWithSHA-256AndMGF1Padding" : "RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        byte[] plain = cipher.doFinal(HexFormat.of().parseHex(Objects.requireNonNull(hex)));
        assertThat(new String(plain, StandardCharsets.UTF_8)).isEqualTo("Zoë");
    }

    private static String publicKey(String form) {
        byte[] der = pair.getPublic().getEncoded();
        return switch (form) {
            case "hex" -> HexFormat.of().formatHex(der);
            case "pem" -> pem("PUBLIC KEY", der);
            // The bare key stands behind 24 bytes of X.509 around it.
            default -> pem("RSA PUBLIC KEY", java.util.Arrays.copyOfRange(der, 24, der.length));
        };
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                + "-----\n";
    }

    @Test
    void rejectsValuesThatAreLongerThanTheKey() {
        Encryption.Rsa rsa = new Encryption.Rsa(new Secret(publicKey("pem")), false);

        Mapped mapped = encrypt(rsa, Batches.of(SCHEMA, row("1", "x".repeat(245)), row("2", "x".repeat(246))));

        assertThat(mapped.batch().rows()).isOne();
        assertThat(mapped.rejections().getFirst().reason())
                .contains("246 bytes")
                .contains("at most 245");
    }

    @Test
    void refusesBadKeysAndModesWithoutShowingThem() {
        refuses(new Encryption.Aes(new Secret("0123456789"), "GCM", "NoPadding"), "5 bytes");
        refuses(new Encryption.Aes(new Secret("my secret"), "GCM", "NoPadding"), "hexadecimal digits");
        refuses(new Encryption.Aes(new Secret(AES_KEY), "GCM", "PKCS5Padding"), "");
        refuses(new Encryption.Rsa(new Secret("my secret"), false), "neither PEM nor");
        refuses(new Encryption.Rsa(new Secret(HexFormat.of().formatHex(new byte[40])), false), "no RSA key");
        refuses(
                new Encryption.Rsa(
                        new Secret(pem("PRIVATE KEY", pair.getPrivate().getEncoded())), false),
                "private key");
    }

    private static void refuses(Encryption with, String why) {
        MapperSpec spec = new MapperSpec.Encrypt("note", "_e", with);
        assertThatThrownBy(() -> mapping(SCHEMA, spec)).isInstanceOfSatisfying(ProblemException.class, failure -> {
            assertThat(failure.problem().code()).isEqualTo("E_MAPPER_INVALID");
            assertThat(String.valueOf(failure.problem().why())).contains(why);
            assertThat(failure.problem().toString()).doesNotContain(with.key().text());
        });
    }

    private static Mapped encrypt(Encryption with, RecordBatch batch) {
        return mapping(SCHEMA, new MapperSpec.Encrypt("note", "_e", with)).apply(batch, false);
    }
}
