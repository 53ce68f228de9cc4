package dev.sluice.engine.map;

import dev.sluice.spi.type.Schema;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Digests in hexadecimal digits.
 *
 * @param method the digest
 * @param key the key; null for a plain digest
 */
record Hashing(HashMethod method, @Nullable Secret key) implements ReplaceStep.Kind {
    static Step of(MapperSpec.Hash spec, Schema before, Roles roles) {
        int index = MapperProblems.require(before, spec.field(), "hash");
        MapperProblems.requireNoRole(roles, spec.field(), "hashed");
        String name = spec.field() + spec.suffix();
        if (!spec.suffix().isEmpty()) {
            MapperProblems.requireFree(before, name, "the hashed field");
        }
        if (spec.key() != null && spec.method().keyed().isEmpty()) {
            throw MapperProblems.invalid(spec.method().key() + " has no form with a key")
                    .fix("choose SHA-256, or leave `key` out")
                    .exception();
        }
        if (spec.key() != null && spec.key().text().isEmpty()) {
            throw MapperProblems.invalid("the key to hash " + spec.field() + " with is empty")
                    .exception();
        }
        return ReplaceStep.of(index, ReplaceStep.text(name), new Hashing(spec.method(), spec.key()), before);
    }

    @Override
    public ReplaceStep.Maker maker() {
        try {
            return key == null ? plain() : keyed(key);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private ReplaceStep.Maker plain() throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance(method.key());
        byte[] result = new byte[digest.getDigestLength()];
        return (value, from, length, to) -> {
            digest.update(value, from, length);
            try {
                digest.digest(result, 0, result.length);
            } catch (GeneralSecurityException tooShort) {
                throw new IllegalStateException(tooShort);
            }
            Hex.append(result, result.length, to);
        };
    }

    private ReplaceStep.Maker keyed(Secret secret) throws GeneralSecurityException {
        String algorithm = method.keyed().orElseThrow();
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret.bytes(), algorithm));
        byte[] result = new byte[mac.getMacLength()];
        return (value, from, length, to) -> {
            mac.update(value, from, length);
            try {
                mac.doFinal(result, 0);
            } catch (GeneralSecurityException tooShort) {
                throw new IllegalStateException(tooShort);
            }
            Hex.append(result, result.length, to);
        };
    }
}
