package dev.sluice.connector.file.store;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of stores, by the schemes of their addresses. */
public enum StoreKind {
    /** What speaks S3. */
    S3("s3://bucket/folder/*.csv", "s3", "s3a"),
    /** The files of an SSH server. */
    SFTP("sftp://user@host/folder/*.csv", "sftp");

    private final String example;
    private final List<String> schemes;

    StoreKind(String example, String... schemes) {
        this.example = example;
        this.schemes = List.of(schemes);
    }

    /** The scheme that its addresses are written with. */
    public String scheme() {
        return schemes.getFirst();
    }

    /** An address of this kind. */
    public String example() {
        return example;
    }

    /** The kind of store that an address means; empty if it is of another place. */
    public static Optional<StoreKind> of(String path) {
        int end = path.indexOf("://");
        if (end > 0) {
            String scheme = path.substring(0, end).toLowerCase(Locale.ROOT);
            for (StoreKind kind : values()) {
                if (kind.schemes.contains(scheme)) {
                    return Optional.of(kind);
                }
            }
        }
        return Optional.empty();
    }
}
