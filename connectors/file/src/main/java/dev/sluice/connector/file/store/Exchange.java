package dev.sluice.connector.file.store;

import java.util.Arrays;
import java.util.Optional;

/** Writes small objects on a condition, and knows its own writes again. */
public final class Exchange {
    private Exchange() {}

    /**
     * Writes an object if it is still what it was. An answer that got lost makes clients write again, and their second
     * attempt finds the first; so what stands there already counts as written.
     *
     * @param content bytes that nobody else writes
     * @param expected the version that has to be there; empty if there has to be none
     * @return the version that was written; empty if somebody else wrote
     */
    public static Optional<String> put(ObjectStore store, String key, byte[] content, String expected) {
        Optional<String> version = store.put(key, content, expected);
        return version.isPresent()
                ? version
                : store.read(key, content.length + 1)
                        .filter(there -> Arrays.equals(there.bytes(), content))
                        .map(ObjectStore.Content::version);
    }
}
