package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.manifest.ManifestFile;
import dev.sluice.connector.file.destination.manifest.Settling;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.destination.place.Place;
import dev.sluice.connector.file.destination.place.TargetLock;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A target in the file system. */
final class DiskShelf implements Shelf {
    private final Disk disk;
    private final Place place;
    private final ManifestFile file;
    private final TargetLock owned;
    private final Settling settling;

    DiskShelf(Disk disk, Place place, ManifestFile file, TargetLock owned) {
        this.disk = disk;
        this.place = place;
        this.file = file;
        this.owned = owned;
        this.settling = new Settling(disk, place);
    }

    @Override
    public boolean letsFilesGrow() {
        return true;
    }

    @Override
    public void requireUntouched(long fence) {
        file.requireUntouched(fence);
    }

    @Override
    public void write(Manifest manifest) {
        file.write(manifest);
    }

    @Override
    public void keep(List<DataFile> files) {
        // They lie where they are needed.
    }

    @Override
    public void show(List<DataFile> files) {
        settling.show(files);
    }

    @Override
    public void requireWhole(List<DataFile> files) {
        settling.requireWhole(files);
    }

    @Override
    public boolean gather(List<DataFile> files, boolean single) {
        return true;
    }

    @Override
    public Manifest replace(Manifest manifest, List<DataFile> content, @Nullable Position end) {
        settling.stage(content);
        Manifest closing = manifest.closing(content, end);
        file.write(closing);
        Cut.at("before-swap");
        settling.replace(content.getFirst());
        Cut.at("after-swap");
        Manifest closed = closing.closed();
        file.write(closed);
        settling.settle(closed);
        return closed;
    }

    @Override
    public void settle(Manifest manifest) {
        settling.settle(manifest);
    }

    @Override
    public void close() {
        try {
            disk.deleteEmpty(place.unfinished());
        } finally {
            owned.close();
        }
    }
}
