package dev.sluice.connector.file.store;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.Locale;
import java.util.Objects;

/**
 * The address of a place in a store, such as {@code s3://lake/orders/*.csv}.
 *
 * @param scheme the kind of store, in small letters
 * @param bucket the bucket
 * @param path what follows it: a key, a prefix or a pattern, without a slash in front
 */
public record StoreAddress(String scheme, String bucket, String path) {
    private static final String S3 = "s3://";

    public StoreAddress {
        Objects.requireNonNull(path);
        if (bucket.isEmpty()) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the address names no bucket")
                    .at("path")
                    .fix("write it like s3://bucket/folder/*.csv")
                    .exception();
        }
    }

    /** True if a path is the address of a store. */
    public static boolean isStore(String path) {
        return path.toLowerCase(Locale.ROOT).startsWith(S3);
    }

    /**
     * Reads an address.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it is none
     */
    public static StoreAddress parse(String text) {
        String rest = text.substring(text.indexOf("://") + 3);
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash + 1);
        return new StoreAddress("s3", bucket, path);
    }

    @Override
    public String toString() {
        return scheme + "://" + bucket + "/" + path;
    }
}
