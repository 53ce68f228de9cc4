package dev.sluice.connector.file.destination.store;

import dev.sluice.connector.file.store.ObjectStore;

/**
 * The keys of a target; the same names as on a disk.
 *
 * @param store the store
 * @param root what all keys begin with: nothing, or a folder with a slash at its end
 * @param name the path of the target below the root
 * @param isFile true if the target is one object, false if it is a folder of objects
 */
public record StorePlace(ObjectStore store, String root, String name, boolean isFile) {
    private static final String HIDDEN = ".sluice/";

    /** What everything about the target begins with that readers should not see. */
    public String hidden() {
        return root + HIDDEN + name + "/";
    }

    /** The manifest. */
    public String manifest() {
        return hidden() + "_manifest.json";
    }

    /** The manifest of a target whose folder is around this one. */
    public String manifestOf(String outer) {
        return root + HIDDEN + outer + "/_manifest.json";
    }

    /** The object that says which run owns the target. */
    public String lock() {
        return hidden() + "_lock";
    }

    /** What the keys of files begin with that are not seen yet. */
    public String unseen() {
        return hidden() + "_tmp/";
    }

    /** Where a file is until it is seen. */
    public String unseen(String file) {
        return unseen() + file;
    }

    /** What the keys of the target's files begin with, or its key. */
    public String target() {
        return isFile ? root + name : root + name + "/";
    }

    /** Where a file is seen by readers. */
    public String visible(String file) {
        return isFile ? target() : target() + file;
    }

    @Override
    public String toString() {
        return store.addressOf(root + name);
    }
}
