package dev.sluice.connector.file.store;

import org.jspecify.annotations.Nullable;

/**
 * How to reach a store that speaks S3; null stands for what the environment of the process says.
 *
 * @param region the region
 * @param endpoint the address of a server other than Amazon's
 * @param keyId the name of the key
 * @param secretKey the key
 * @param sessionToken what belongs to a key for a while
 */
public record S3Login(
        @Nullable String region,
        @Nullable String endpoint,
        @Nullable String keyId,
        @Nullable String secretKey,
        @Nullable String sessionToken) {
    /** Shows no secret. */
    @Override
    public String toString() {
        return "S3Login[" + region + ", " + endpoint + "]";
    }
}
