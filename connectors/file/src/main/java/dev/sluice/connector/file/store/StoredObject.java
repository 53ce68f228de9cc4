package dev.sluice.connector.file.store;

import java.util.Objects;

/**
 * An object at one moment.
 *
 * @param key its key
 * @param size its bytes
 * @param modified when it was written, in nanoseconds since 1970-01-01T00:00Z
 * @param version what the store calls this version of it; differs after each write
 */
public record StoredObject(String key, long size, long modified, String version) {
    public StoredObject {
        Objects.requireNonNull(key);
        Objects.requireNonNull(version);
    }
}
