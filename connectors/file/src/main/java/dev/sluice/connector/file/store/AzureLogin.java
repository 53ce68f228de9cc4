package dev.sluice.connector.file.store;

import org.jspecify.annotations.Nullable;

/**
 * How to reach a store of Azure; null stands for what the environment of the process says.
 *
 * @param account the storage account
 * @param key its key
 * @param sas a token for shared access
 * @param connectionString all of that in one text
 * @param endpoint the address of a server other than Azure's
 */
public record AzureLogin(
        @Nullable String account,
        @Nullable String key,
        @Nullable String sas,
        @Nullable String connectionString,
        @Nullable String endpoint) {
    /** Shows no secret. */
    @Override
    public String toString() {
        return "AzureLogin[" + account + ", " + endpoint + "]";
    }
}
