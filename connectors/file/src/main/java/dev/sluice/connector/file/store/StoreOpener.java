package dev.sluice.connector.file.store;

/**
 * Opens stores of one kind. Its class, and the libraries that it needs, are loaded with the first address of that kind.
 *
 * @param <L> how such a store is reached
 */
public interface StoreOpener<L> {
    /** Opens a bucket; nothing is asked of it yet. */
    ObjectStore open(String bucket, L login);
}
