package dev.sluice.engine.map;

import dev.sluice.engine.map.ReplaceStep.Impossible;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/** Encrypted values in hexadecimal digits: the random bytes of each value, where the mode takes some, and then the value. */
final class Encrypting implements ReplaceStep.Kind {
    private static final int RANDOM_BYTES = 16;
    private static final int TAG_BITS = 128;
    private static final int OVERHEAD_PKCS1 = 11;
    private static final int OVERHEAD_OAEP = 66;

    private final String transformation;
    private final Key key;
    private final @Nullable String mode;
    private final int longest;

    private Encrypting(String transformation, Key key, @Nullable String mode, int longest) {
        this.transformation = transformation;
        this.key = key;
        this.mode = mode;
        this.longest = longest;
    }

    static Step of(MapperSpec.Encrypt spec, Schema before, Roles roles) {
        int index = MapperProblems.require(before, spec.field(), "encrypt");
        MapperProblems.requireNoRole(roles, spec.field(), "encrypted");
        String name = spec.field() + spec.suffix();
        if (!spec.suffix().isEmpty()) {
            MapperProblems.requireFree(before, name, "the encrypted field");
        }
        Encrypting kind = of(spec.with());
        kind.tryOut(spec);
        return ReplaceStep.of(index, ReplaceStep.text(name), kind, before);
    }

    private static Encrypting of(Encryption with) {
        return switch (with) {
            case Encryption.Rsa(Secret secret, boolean oaep) -> {
                Key key = Keys.rsa(secret);
                int bytes = (((RSAKey) key).getModulus().bitLength() + 7) / 8;
                yield new Encrypting(
                        oaep ? "RSA/ECB/OAEPWithSHA-256AndMGF1Padding" : "RSA/ECB/PKCS1Padding",
                        key,
                        null,
                        bytes - (oaep ? OVERHEAD_OAEP : OVERHEAD_PKCS1));
            }
            case Encryption.Aes(Secret secret, String mode, String padding) ->
                new Encrypting(
                        "AES/" + mode + "/" + padding,
                        Keys.aes(secret),
                        mode.equals("ECB") ? null : mode,
                        Integer.MAX_VALUE);
        };
    }

    /** Before any row is read: a key or a mode that does not work must not be found out in the middle of a run. */
    private void tryOut(MapperSpec.Encrypt spec) {
        byte[] sample = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        try {
            if (sample.length <= longest) {
                encrypted(cipher(), new SecureRandom(), sample, 0, sample.length);
            }
        } catch (GeneralSecurityException | Impossible failure) {
            throw MapperProblems.invalid(
                            "nothing can be encrypted by " + spec.with().words() + " with this key")
                    .because(failure.getMessage())
                    .fix(
                            mode == null
                                    ? "give the key in the form that the guide to mappers shows"
                                    : "GCM and CTR take `padding: NoPadding`; CBC takes `padding: PKCS5Padding`")
                    .exception();
        }
    }

    private Cipher cipher() throws GeneralSecurityException {
        return Cipher.getInstance(transformation);
    }

    @Override
    public ReplaceStep.Maker maker() {
        try {
            Cipher cipher = cipher();
            SecureRandom random = new SecureRandom();
            return (value, from, length, to) -> add(cipher, random, value, from, length, to);
        } catch (GeneralSecurityException triedBefore) {
            throw new IllegalStateException(triedBefore);
        }
    }

    private void add(Cipher cipher, SecureRandom random, byte[] value, int from, int length, BytesColumn.Builder to)
            throws Impossible {
        try {
            byte[] result = encrypted(cipher, random, value, from, length);
            Hex.append(result, result.length, to);
        } catch (IllegalBlockSizeException unfitting) {
            throw new Impossible(
                    "CANNOT_ENCRYPT", "without padding only values of whole blocks of 16 bytes can be encrypted");
        } catch (GeneralSecurityException failure) {
            throw new Impossible("CANNOT_ENCRYPT", "the value cannot be encrypted: " + failure.getMessage());
        }
    }

    private byte[] encrypted(Cipher cipher, SecureRandom random, byte[] value, int from, int length)
            throws GeneralSecurityException, Impossible {
        if (length > longest) {
            throw new Impossible(
                    "CANNOT_ENCRYPT",
                    "the value has " + length + " bytes, and this RSA key can encrypt at most " + longest);
        }
        if (mode == null) {
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(value, from, length);
        }
        byte[] nonce = new byte[RANDOM_BYTES];
        random.nextBytes(nonce);
        AlgorithmParameterSpec parameters =
                mode.equals("GCM") ? new GCMParameterSpec(TAG_BITS, nonce) : new IvParameterSpec(nonce);
        cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
        byte[] body = cipher.doFinal(value, from, length);
        byte[] result = Arrays.copyOf(nonce, nonce.length + body.length);
        System.arraycopy(body, 0, result, nonce.length, body.length);
        return result;
    }
}
