package dev.sluice.connector.file.store;

import java.util.Locale;
import java.util.Optional;

/** The kinds of stores, by the schemes of their addresses. */
public enum StoreKind {
    /** What speaks S3. */
    S3("s3", "s3|s3a", "s3://bucket/folder/*.csv"),
    /** Azure's blobs. */
    AZURE("azure", "azure|az|abfss|abfs", "azure://container/folder/*.csv"),
    /** Google Cloud Storage. */
    GCS("gs", "gs|gcs", "gs://bucket/folder/*.csv"),
    /** The files of an SSH server. */
    SFTP("sftp", "sftp", "sftp://user@host/folder/*.csv");

    private final String scheme;
    private final String pattern;
    private final String example;

    StoreKind(String scheme, String pattern, String example) {
        this.scheme = scheme;
        this.pattern = pattern;
        this.example = example;
    }

    /** The scheme that its addresses are written with. */
    public String scheme() {
        return scheme;
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
                if (scheme.matches(kind.pattern)) {
                    return Optional.of(kind);
                }
            }
        }
        return Optional.empty();
    }
}
