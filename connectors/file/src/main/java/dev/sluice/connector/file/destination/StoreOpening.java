package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.manifest.KnownColumn;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.manifest.RunState;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.destination.place.Place;
import dev.sluice.connector.file.destination.store.StoreLock;
import dev.sluice.connector.file.destination.store.StoreManifest;
import dev.sluice.connector.file.destination.store.StorePlace;
import dev.sluice.connector.file.destination.store.StoreSettling;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.connector.file.store.Listing;
import dev.sluice.connector.file.store.StoredObject;
import dev.sluice.spi.destination.TargetSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Takes a target in a store for a run. */
final class StoreOpening implements Opening {
    private static final String PREFIX = "sluice-" + ProcessHandle.current().pid() + "-";

    private final StorePlace place;
    private final RunEntry entry;

    StoreOpening(StorePlace place, TargetSpec spec) {
        this.place = place;
        this.entry = new RunEntry(spec, place.toString());
    }

    @Override
    public String location() {
        return place.toString();
    }

    @Override
    public String visible(String path) {
        return place.store().addressOf(place.visible(path));
    }

    @Override
    public Optional<Manifest> known() {
        return new StoreManifest(place).read().filter(manifest -> !isDropped(manifest));
    }

    @Override
    public void finishPublishing() {
        StoreSettling settling = new StoreSettling(place);
        boolean pending = known().map(Manifest::run).filter(RunState::published).isPresent() && settling.isPending();
        if (pending) {
            try (StoreLock lock = StoreLock.take(place)) {
                Objects.requireNonNull(lock);
                known().ifPresent(settling::settle);
            }
        }
    }

    /** True if somebody deleted what the manifest is about, which means to forget it. */
    private boolean isDropped(Manifest manifest) {
        RunState run = manifest.run();
        boolean somethingWasSeen =
                !manifest.files().isEmpty() || (!run.aside() && !run.files().isEmpty());
        return somethingWasSeen && !isThere(place.target()) && !isThere(place.unseen());
    }

    private boolean isThere(String prefix) {
        boolean one = place.isFile() && prefix.equals(place.target());
        return one ? place.store().head(prefix).isPresent() : Listing.any(place.store(), prefix, object -> true);
    }

    @Override
    public Optional<String> requirePlace(Optional<Manifest> manifest) {
        requireNotNested();
        return manifest.isPresent() || !holdsSomething() ? Optional.empty() : entry.foreign(place.isFile());
    }

    /** Hidden files do not count. */
    private boolean holdsSomething() {
        String prefix = place.target();
        return place.isFile()
                ? isThere(prefix)
                : Listing.any(place.store(), prefix, object -> {
                    String name = object.key().substring(prefix.length());
                    return !name.isEmpty() && !name.startsWith(".");
                });
    }

    private void requireNotNested() {
        boolean inside = false;
        int slash = place.name().indexOf('/');
        while (slash >= 0) {
            inside |= place.store()
                    .head(place.manifestOf(place.name().substring(0, slash)))
                    .isPresent();
            slash = place.name().indexOf('/', slash + 1);
        }
        String hidden = place.hidden();
        boolean outside = Listing.any(
                place.store(),
                hidden,
                object -> !object.key().substring(hidden.length()).startsWith("_"));
        if (inside || outside) {
            throw entry.nested();
        }
    }

    @Override
    public Opened open(long millis, Function<List<KnownColumn>, ColumnLayout> columns) {
        requirePlace(known());
        StoreLock lock = StoreLock.take(place);
        Opened opened = null;
        try {
            opened = open(millis, columns, lock);
            return opened;
        } finally {
            if (opened == null) {
                lock.close();
            }
        }
    }

    @Override
    public void remove() {
        if (!Listing.any(place.store(), place.hidden(), object -> true)) {
            return;
        }
        try (StoreLock lock = StoreLock.take(place)) {
            Objects.requireNonNull(lock);
            new StoreManifest(place).read().ifPresent(manifest -> {
                entry.requireOwner(manifest.holder());
                manifest.paths().forEach(path -> place.store().delete(place.visible(path)));
            });
            place.store().abortUploads(place.unseen());
            for (StoredObject object : Listing.all(place.store(), place.hidden())) {
                if (!object.key().equals(place.lock())) {
                    place.store().delete(object.key());
                }
            }
        }
    }

    private Opened open(long millis, Function<List<KnownColumn>, ColumnLayout> columns, StoreLock lock) {
        StoreManifest file = new StoreManifest(place);
        Manifest there = file.read().orElse(null);
        if (there != null) {
            entry.requireOwner(there.holder());
        }
        long fence = RunEntry.fence(there, millis);
        if (there != null && isDropped(there)) {
            there = null;
        }
        requirePlace(Optional.ofNullable(there));
        RunEntry.Entered entered = entry.enter(there, fence, columns);
        // From here on nobody else commits, so what is not in the manifest is nobody's.
        file.write(entered.manifest());
        StoreSettling settling = new StoreSettling(place);
        settling.abortUploads();
        settling.settle(entered.manifest());
        Disk disk = new PassingDisk();
        Place work = workPlace();
        disk.createFolders(work.unfinished());
        return new Opened(
                work, disk, new StoreShelf(place, work, disk, file, lock), entered.manifest(), entered.columns());
    }

    private Place workPlace() {
        try {
            return new Place(Files.createTempDirectory(PREFIX), "target", place.isFile());
        } catch (IOException failure) {
            throw Problems.writing(System.getProperty("java.io.tmpdir"), failure);
        }
    }
}
