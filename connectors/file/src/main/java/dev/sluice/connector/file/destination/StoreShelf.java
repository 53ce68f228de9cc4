package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.destination.place.Place;
import dev.sluice.connector.file.destination.store.StoreLock;
import dev.sluice.connector.file.destination.store.StoreManifest;
import dev.sluice.connector.file.destination.store.StorePlace;
import dev.sluice.connector.file.destination.store.StoreSettling;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.source.Position;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target in a store. Its files are written on this machine and brought to the store when they are complete, out of sight;
 * the manifest that names them is the commit, and then they are shown.
 */
final class StoreShelf implements Shelf {
    private final StorePlace place;
    private final Place work;
    private final Disk disk;
    private final StoreManifest file;
    private final StoreLock owned;
    private final StoreSettling settling;

    /**
     * Makes the shelf.
     *
     * @param work where files are written on this machine; deleted in the end
     */
    StoreShelf(StorePlace place, Place work, Disk disk, StoreManifest file, StoreLock owned) {
        this.place = place;
        this.work = work;
        this.disk = disk;
        this.file = file;
        this.owned = owned;
        this.settling = new StoreSettling(place);
    }

    @Override
    public boolean letsFilesGrow() {
        return false;
    }

    @Override
    public void requireUntouched(long fence) {
        // I8: each manifest is written on the condition that nobody else did.
    }

    @Override
    public void write(Manifest manifest) {
        file.write(manifest);
    }

    @Override
    public void keep(List<DataFile> files) {
        for (DataFile each : files) {
            Path here = work.unfinished(each.path());
            if (Disk.size(here) >= 0) {
                place.store().upload(place.unseen(each.path()), here);
                if (!place.isFile()) {
                    disk.delete(here);
                }
            }
        }
    }

    @Override
    public void show(List<DataFile> files) {
        settling.show(files);
    }

    @Override
    public void requireWhole(List<DataFile> files) {
        settling.requireWhole(files);
    }

    /** One object has to be made of one file, so the parts of it that another process wrote are fetched. */
    @Override
    public boolean gather(List<DataFile> files, boolean single) {
        if (!single) {
            return false;
        }
        for (DataFile each : files) {
            Path here = work.unfinished(each.path());
            if (Disk.size(here) != each.bytes()) {
                place.store().download(place.unseen(each.path()), here);
            }
        }
        return true;
    }

    @Override
    public Manifest replace(Manifest manifest, List<DataFile> content, @Nullable Position end) {
        keep(content);
        settling.requireWhole(content);
        Manifest closed = manifest.closing(content, end).closed();
        Cut.at("before-swap");
        file.write(closed);
        Cut.at("after-swap");
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
            Disk.files(work.root()).forEach(disk::delete);
            disk.deleteEmpty(work.root());
        } finally {
            owned.close();
        }
    }
}
