package dev.sluice.connector.file.store;

import org.jspecify.annotations.Nullable;

/**
 * How to reach Google Cloud Storage; null stands for what Google's own programs would take.
 *
 * @param credentials the text of a file of credentials
 * @param file the path of such a file
 * @param endpoint the address of a server other than Google's
 */
public record GcsLogin(
        @Nullable String credentials,
        @Nullable String file,
        @Nullable String endpoint) {
    /** Nothing said. */
    public static final GcsLogin NONE = new GcsLogin(null, null, null);

    /** Shows no secret. */
    @Override
    public String toString() {
        return "GcsLogin[" + file + ", " + endpoint + "]";
    }
}
