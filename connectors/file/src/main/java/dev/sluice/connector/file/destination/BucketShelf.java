package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.input.Problems;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.spi.destination.FileShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A bucket as a place for files of the host.
 *
 * @param prefix what the keys begin with, without a slash at its end; empty for nothing
 */
record BucketShelf(ObjectStore store, String prefix) implements FileShelf {
    @Override
    public String address() {
        return prefix.isEmpty() ? store.address() : store.addressOf(prefix);
    }

    @Override
    public void put(String path, byte[] content) {
        Path file = null;
        try {
            file = Files.createTempFile("sluice-", ".upload");
            Files.write(file, content);
            store.upload(prefix.isEmpty() ? path : prefix + "/" + path, file);
        } catch (IOException failure) {
            throw Problems.writing(String.valueOf(file), failure);
        } finally {
            forget(file);
        }
    }

    private static void forget(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            // The system's own folder for such files is cleared by others.
        }
    }
}
