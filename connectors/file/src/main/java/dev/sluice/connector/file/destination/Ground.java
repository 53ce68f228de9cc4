package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.LocalFiles;
import dev.sluice.spi.destination.FileShelf;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.runtime.CheckReport;
import java.util.Objects;

/** The file system or the store that the targets of a destination lie in. */
interface Ground extends AutoCloseable {
    /** Prepares to open a target. */
    Opening opening(TargetSpec spec);

    /** Tries whether it can be written. */
    CheckReport check();

    /** Where files are put that are of nobody's target; ends with this. */
    FileShelf shelf();

    /** How the files that are there are read; ends with this. */
    FileAccess access();

    @Override
    void close();

    /** The file system of this machine. */
    record OnDisk(DestinationSettings settings, Disk disk, DestinationCheck checking) implements Ground {
        @Override
        public Opening opening(TargetSpec spec) {
            return new TargetOpening(settings.place(spec.name()), disk, spec);
        }

        @Override
        public CheckReport check() {
            return checking.run();
        }

        @Override
        public FileAccess access() {
            return new LocalFiles(String.valueOf(settings.path()), Integer.MAX_VALUE);
        }

        @Override
        public FileShelf shelf() {
            return new FolderShelf(Objects.requireNonNull(settings.path()), disk);
        }

        @Override
        public void close() {
            // There is nothing to let go of.
        }
    }
}
