package dev.sluice.engine.map;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A digest that values are replaced by. */
public enum HashMethod {
    MD2("MD2", null),
    MD5("MD5", "HmacMD5"),
    SHA_1("SHA-1", "HmacSHA1"),
    SHA_224("SHA-224", "HmacSHA224"),
    SHA_256("SHA-256", "HmacSHA256"),
    SHA_384("SHA-384", "HmacSHA384"),
    SHA_512("SHA-512", "HmacSHA512");

    private final String key;
    private final @org.jspecify.annotations.Nullable String keyed;

    HashMethod(String key, @org.jspecify.annotations.Nullable String keyed) {
        this.key = key;
        this.keyed = keyed;
    }

    /** The name in project files, which is that of the algorithm. */
    public String key() {
        return key;
    }

    /** The algorithm with a key; empty if there is none. */
    Optional<String> keyed() {
        return Optional.ofNullable(keyed);
    }

    /** The method of a name. */
    public static Optional<HashMethod> of(String key) {
        return Arrays.stream(values()).filter(method -> method.key.equals(key)).findFirst();
    }

    /** The names. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(HashMethod::key).toList();
    }
}
