package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.manifest.KnownColumn;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.manifest.ManifestFile;
import dev.sluice.connector.file.destination.manifest.RunState;
import dev.sluice.connector.file.destination.manifest.Settling;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.destination.place.Place;
import dev.sluice.connector.file.destination.place.TargetLock;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Takes a target in the file system for a run. */
final class TargetOpening implements Opening {
    private final Place place;
    private final Disk disk;
    private final RunEntry entry;

    TargetOpening(Place place, Disk disk, TargetSpec spec) {
        this.place = place;
        this.disk = disk;
        this.entry = new RunEntry(spec, place.toString());
    }

    @Override
    public String location() {
        return place.toString();
    }

    @Override
    public String visible(String path) {
        return place.visible(path).toString();
    }

    @Override
    public Optional<Manifest> known() {
        return new ManifestFile(disk, place).read().filter(manifest -> !isDropped(manifest));
    }

    /** A target that is up to date is not opened again, so this is done before anybody is told that it is. */
    @Override
    public void finishPublishing() {
        boolean pending = known().map(Manifest::run).filter(RunState::published).isPresent()
                && (Disk.exists(place.next()) || Disk.exists(place.old()));
        if (pending) {
            try (TargetLock lock = TargetLock.take(place)) {
                Objects.requireNonNull(lock);
                known().ifPresent(new Settling(disk, place)::settle);
            }
        }
    }

    /** True if somebody deleted what the manifest is about, which means to forget it. */
    private boolean isDropped(Manifest manifest) {
        RunState run = manifest.run();
        boolean somethingWasSeen =
                !manifest.files().isEmpty() || (!run.aside() && !run.files().isEmpty());
        return somethingWasSeen
                && !Disk.exists(place.target())
                && !Disk.exists(place.next())
                && !Disk.exists(place.old())
                && Disk.files(place.unfinished()).isEmpty();
    }

    @Override
    public Optional<String> requirePlace(Optional<Manifest> manifest) {
        Path target = place.target();
        if (Files.isSymbolicLink(target)) {
            throw wrong("E_FILE_LINK", "the place of the stream is a symbolic link")
                    .fix("give the path that it leads to, for what is there will be replaced as a whole")
                    .exception();
        }
        requireFolders();
        requireNotNested();
        if (!place.isFile() && Files.isRegularFile(target)) {
            throw wrong("E_FILE_NOT_DIRECTORY", "where the folder of the stream should be is a file")
                    .fix("move the file away, or choose another path")
                    .exception();
        }
        if (manifest.isPresent() || !holdsSomething(target)) {
            return Optional.empty();
        }
        return entry.foreign(place.isFile());
    }

    /** Hidden files, which systems put everywhere, do not count. */
    private boolean holdsSomething(Path target) {
        if (place.isFile()) {
            return Disk.exists(target);
        }
        return Disk.list(target).stream()
                .anyMatch(entry -> !String.valueOf(entry.getFileName()).startsWith("."));
    }

    private void requireFolders() {
        Path folder = place.target().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw wrong("E_FILE_NOT_DIRECTORY", folder + " is a file, so nothing can be written below it")
                    .fix("move the file away, or choose another path")
                    .exception();
        }
    }

    /** A target inside another one would be moved away when the outer one is replaced. */
    private void requireNotNested() {
        Path above = place.hidden().getParent();
        Path top = place.root().resolve(Place.HIDDEN);
        boolean inside = false;
        while (above != null && !above.equals(top) && above.startsWith(top)) {
            inside |= Files.exists(above.resolve(place.manifest().getFileName()));
            above = above.getParent();
        }
        boolean outside = Disk.list(place.hidden()).stream()
                .anyMatch(entry -> !String.valueOf(entry.getFileName()).startsWith("_"));
        if (inside || outside) {
            throw entry.nested();
        }
    }

    private Problem wrong(String code, String message) {
        return Problem.of(code, ProblemKind.CONFIG, message).at(place.toString());
    }

    @Override
    public Opened open(long millis, Function<List<KnownColumn>, ColumnLayout> columns) {
        requirePlace(known());
        disk.createFolders(place.hidden());
        TargetLock lock = TargetLock.take(place);
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
        if (!Disk.exists(place.hidden())) {
            return;
        }
        try (TargetLock lock = TargetLock.take(place)) {
            Objects.requireNonNull(lock);
            new ManifestFile(disk, place).read().ifPresent(manifest -> {
                entry.requireOwner(manifest.holder());
                // What it replaced in two steps is back in its place then.
                new Settling(disk, place).settle(manifest);
                manifest.paths().forEach(path -> disk.delete(place.visible(path)));
            });
            Disk.files(place.hidden()).forEach(disk::delete);
        }
        for (Path folder : List.of(place.hidden(), place.target())) {
            disk.deleteEmpty(folder);
            Path above = folder.getParent();
            while (above != null && !above.equals(place.root()) && Disk.isEmptyFolder(above)) {
                disk.delete(above);
                above = above.getParent();
            }
        }
    }

    private Opened open(long millis, Function<List<KnownColumn>, ColumnLayout> columns, TargetLock lock) {
        ManifestFile file = new ManifestFile(disk, place);
        Manifest there = file.read().orElse(null);
        if (there != null) {
            entry.requireOwner(there.holder());
        }
        long fence = RunEntry.fence(there, millis);
        Settling settling = new Settling(disk, place);
        if (there != null && isDropped(there)) {
            there = null;
        }
        requirePlace(Optional.ofNullable(there));
        if (there != null) {
            settling.settle(there);
            settling.sweep(there);
        }
        RunEntry.Entered entered = entry.enter(there, fence, columns);
        Manifest manifest = entered.manifest();
        disk.createFolders(place.unfinished());
        file.write(manifest);
        if (!manifest.obsolete().isEmpty()) {
            settling.settle(manifest);
        }
        return new Opened(place, disk, new DiskShelf(disk, place, file, lock), manifest, entered.columns());
    }
}
