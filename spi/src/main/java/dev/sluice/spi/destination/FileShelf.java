package dev.sluice.spi.destination;

/**
 * A place where a host may put whole files of its own, beside what a destination writes: a folder, or a bucket. It ends with its
 * destination.
 */
public interface FileShelf {
    /** The address of the place, as people and programs find it, such as {@code s3://bucket/prefix}; without a slash at its end. */
    String address();

    /**
     * Puts a file there, as a whole or not at all, in the place of one that is there already.
     *
     * @param path its path below the place, with slashes
     */
    void put(String path, byte[] content);
}
