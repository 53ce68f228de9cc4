package dev.sluice.connector.file.destination.manifest;

import java.util.Objects;

/**
 * A file of a target.
 *
 * @param path its path below the folder of the target, with slashes
 * @param rows the rows in it
 * @param bytes its size; while it is being written, what lies beyond this does not count
 */
public record DataFile(String path, long rows, long bytes) {
    public DataFile {
        Objects.requireNonNull(path);
    }
}
