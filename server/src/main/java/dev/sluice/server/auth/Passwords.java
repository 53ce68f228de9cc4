package dev.sluice.server.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** What is kept of passwords: PBKDF2 with a salt each and as many rounds as a guess shall cost. */
final class Passwords {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final String NAME = "pbkdf2-sha256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Half of the processors at most hash passwords; the other half goes on working. */
    private static final Turnstile TURNS =
            new Turnstile(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), Duration.ofSeconds(15));

    private final int rounds;

    /**
     * For new passwords.
     *
     * @param rounds how often each is hashed
     */
    Passwords(int rounds) {
        this.rounds = rounds;
    }

    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return String.join(
                "$",
                NAME,
                String.valueOf(rounds),
                Base64.getEncoder().encodeToString(salt),
                Base64.getEncoder().encodeToString(derived(password, salt, rounds)));
    }

    /** True if the password is the one that the hash was made of. */
    static boolean matches(String password, String hash) {
        List<String> parts = List.of(hash.split("\\$", -1));
        if (parts.size() != 4 || !parts.getFirst().equals(NAME)) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(parts.get(2));
        byte[] wanted = Base64.getDecoder().decode(parts.get(3));
        return MessageDigest.isEqual(wanted, derived(password, salt, Integer.parseInt(parts.get(1))));
    }

    private static byte[] derived(String password, byte[] salt, int rounds) {
        return TURNS.pass(() -> slowly(password, salt, rounds));
    }

    private static byte[] slowly(String password, byte[] salt, int rounds) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, HASH_BITS);
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
