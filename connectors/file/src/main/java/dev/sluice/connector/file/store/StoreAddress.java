package dev.sluice.connector.file.store;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.Objects;

/**
 * The address of a place in a store, such as {@code s3://lake/orders/*.csv}.
 *
 * @param kind the kind of store
 * @param bucket the bucket, or whatever takes its place in stores of this kind
 * @param path what follows it: a key, a prefix or a pattern, without a slash in front
 */
public record StoreAddress(StoreKind kind, String bucket, String path) {
    public StoreAddress {
        Objects.requireNonNull(path);
        if (bucket.isEmpty()) {
            throw wrong(kind, "the address names no bucket or server");
        }
        int at = bucket.lastIndexOf('@');
        if (at >= 0 && bucket.lastIndexOf(':', at) >= 0) {
            throw wrong(kind, "an address is no place for a password");
        }
    }

    private static ProblemException wrong(StoreKind kind, String message) {
        return Problem.of("E_CONFIG", ProblemKind.CONFIG, message)
                .at("path")
                .fix("write it like " + kind.example())
                .exception();
    }

    /** True if a path is the address of a store. */
    public static boolean isStore(String path) {
        return StoreKind.of(path).isPresent();
    }

    /**
     * Reads an address.
     *
     * @throws ProblemException of kind {@code CONFIG} if it is none
     */
    public static StoreAddress parse(String text) {
        StoreKind kind = StoreKind.of(text).orElseThrow(() -> wrong(StoreKind.S3, "the address is of no known store"));
        String rest = text.substring(text.indexOf("://") + 3);
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash + 1);
        return new StoreAddress(kind, bucket, path);
    }

    @Override
    public String toString() {
        return kind.scheme() + "://" + bucket + "/" + path;
    }
}
