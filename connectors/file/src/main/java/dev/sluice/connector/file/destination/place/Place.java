package dev.sluice.connector.file.destination.place;

import java.nio.file.Path;

/**
 * Where a target lies, and where what belongs to it is kept out of the sight of readers.
 *
 * @param root the folder that everything lies in
 * @param name the path of the target below the root, with slashes
 * @param isFile true if the target is one file, false if it is a folder of files
 */
public record Place(Path root, String name, boolean isFile) {
    /** The folder for everything that readers should not see. */
    public static final String HIDDEN = ".sluice";

    /** What readers look at: the folder of the target's files, or the file. */
    public Path target() {
        return root.resolve(name);
    }

    /** The folder of everything about the target that readers should not see. */
    public Path hidden() {
        return root.resolve(HIDDEN).resolve(name);
    }

    /** The manifest. */
    public Path manifest() {
        return hidden().resolve("_manifest.json");
    }

    /** The file that the run that owns the target has locked. */
    public Path lock() {
        return hidden().resolve("_lock");
    }

    /** The folder of files that are being written. */
    public Path unfinished() {
        return hidden().resolve("_tmp");
    }

    /** The folder of the content that will take the target's place, and for a moment of the one that it replaced. */
    public Path next() {
        return hidden().resolve("_next");
    }

    /** Where the old content is for a moment while it is replaced in two steps. */
    public Path old() {
        return hidden().resolve("_old");
    }

    /** Where a file of the target is seen by readers. */
    public Path visible(String file) {
        return isFile ? target() : target().resolve(file);
    }

    /** Where a file is while it is being written. */
    public Path unfinished(String file) {
        return unfinished().resolve(file.substring(file.lastIndexOf('/') + 1));
    }

    /** Where a file is that will be seen once the target is published. */
    public Path next(String file) {
        return next().resolve(file);
    }

    @Override
    public String toString() {
        return target().toString();
    }
}
