package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.spi.destination.FileShelf;
import java.nio.file.Path;

/** A folder as a place for files of the host. */
record FolderShelf(Path folder, Disk disk) implements FileShelf {
    @Override
    public String address() {
        return folder.toString();
    }

    @Override
    public void put(String path, byte[] content) {
        Path file = folder.resolve(path);
        disk.createFolders(Disk.folderOf(file));
        disk.replace(file, content);
    }
}
