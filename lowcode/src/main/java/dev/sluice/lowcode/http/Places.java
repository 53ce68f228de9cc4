package dev.sluice.lowcode.http;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a manifest may reach of the machine that it runs on.
 *
 * @param downloads the folder that files are fetched into; empty if there is none
 * @param beside reads a text file beside the manifest by its path from there; empty if there is none
 */
public record Places(Optional<Path> downloads, Function<String, Optional<String>> beside) {
    /** Nothing. */
    public static final Places NONE = new Places(Optional.empty(), path -> Optional.empty());

    /** The same with another folder for downloads. */
    public Places into(Optional<Path> folder) {
        return new Places(folder, beside);
    }
}
