package dev.sluice.connector.file.input;

import java.util.Objects;

/**
 * A file at one moment.
 *
 * @param name the path or address as the configuration spells it, without credentials
 * @param size the bytes as stored, or {@value #UNKNOWN}
 * @param modified when it was last changed, in nanoseconds since 1970-01-01T00:00Z, or {@value #UNKNOWN}
 * @param tag tells versions of the same size and time apart: a digest of the first and last bytes, or what a web server
 *     calls the version; empty if there is nothing
 * @param stamp what the file system itself changes with each write and each replacement, and also where nothing of the
 *     content changed, such as with the rights; so it tells whether a file may be read on, and not whether it is new.
 *     Empty if there is nothing
 */
public record SourceFile(String name, long size, long modified, String tag, String stamp) {
    /** Stands for a number that nobody knows. */
    public static final long UNKNOWN = -1;

    public SourceFile {
        Objects.requireNonNull(name);
        Objects.requireNonNull(tag);
        Objects.requireNonNull(stamp);
    }

    /** True if two descriptions show one version of one file. */
    public boolean isSameVersion(SourceFile other) {
        return equals(other);
    }

    /** When it was last changed, in microseconds since 1970-01-01T00:00Z. */
    public long modifiedMicros() {
        return Math.floorDiv(modified, 1000);
    }
}
