package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.place.Disk;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The file system for files that stay for a moment only, so that nothing has to come to the medium. */
final class PassingDisk extends Disk {
    @Override
    public void force(FileChannel channel, Path file) {
        // The store makes it durable.
    }

    @Override
    public void force(Path file) {
        // The store makes it durable.
    }

    @Override
    public void forceFolder(Path folder) {
        // The store makes it durable.
    }
}
