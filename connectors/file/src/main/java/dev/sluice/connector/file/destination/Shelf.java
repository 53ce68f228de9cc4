package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.spi.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the manifest and the files of a target that is open are kept. */
interface Shelf extends AutoCloseable {
    /** True if a file that nobody sees may grow over several commits. */
    boolean letsFilesGrow();

    /** I8: refuses to go on if another run has taken the target. */
    void requireUntouched(long fence);

    /** Puts another manifest in the place of the one that is there; it is durable when this returns. */
    void write(Manifest manifest);

    /** Takes files that were written on this machine and may be committed from now on. */
    void keep(List<DataFile> files);

    /** Makes committed files visible. */
    void show(List<DataFile> files);

    /** Demands that all files of a run are there as they were committed. */
    void requireWhole(List<DataFile> files);

    /**
     * Brings files to where a format can join them.
     *
     * @param single true if they have to be joined
     * @return false if they stay as they are
     */
    boolean gather(List<DataFile> files, boolean single);

    /**
     * I5: puts the complete new content in the place of the old one; that is the commit.
     *
     * @return what is true from then on
     */
    Manifest replace(Manifest manifest, List<DataFile> content, @Nullable Position end);

    /** Brings what is there in line with a manifest that was written. */
    void settle(Manifest manifest);

    /** Lets go of the target. */
    @Override
    void close();
}
