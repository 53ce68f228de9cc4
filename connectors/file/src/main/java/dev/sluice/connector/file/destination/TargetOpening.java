package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.destination.manifest.KnownColumn;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.manifest.ManifestFile;
import dev.sluice.connector.file.destination.manifest.RunState;
import dev.sluice.connector.file.destination.manifest.Settling;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.destination.place.Place;
import dev.sluice.connector.file.destination.place.TargetLock;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Takes a target for a run: checks the place and the owner, mends what a crash left, and enters the run. */
final class TargetOpening {
    private final Place place;
    private final Disk disk;
    private final TargetSpec spec;

    TargetOpening(Place place, Disk disk, TargetSpec spec) {
        this.place = place;
        this.disk = disk;
        this.spec = spec;
    }

    /**
     * A target that is open.
     *
     * @param manifest what is known of it, with the run that opened it
     * @param columns the columns of the files of the run
     */
    record Opened(Place place, Disk disk, TargetLock lock, Manifest manifest, ColumnLayout columns) {}

    /** What is known of the target; empty if nothing, or if its files were taken away. */
    Optional<Manifest> known() {
        return new ManifestFile(disk, place).read().filter(manifest -> !isDropped(manifest));
    }

    /**
     * I5: brings published files to their place if the run that published them died before it could. A target that is up to
     * date is not opened again, so this is done before anybody is told that it is.
     */
    void finishPublishing() {
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

    /**
     * Refuses a place where something else is.
     *
     * @return what a person should know of it
     */
    Optional<String> requirePlace(Optional<Manifest> manifest) {
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
        if (spec.owner().takeOver()) {
            return Optional.of("what is there was not made by Sluice; it is taken over"
                    + (place.isFile() ? "" : ", and files of others stay"));
        }
        throw Problem.of(
                        "E_TARGET_FOREIGN",
                        ProblemKind.CONFLICT,
                        (place.isFile() ? "the file" : "the folder") + " is there and was not made by Sluice")
                .at(place.toString())
                .because("it may be somebody's own data")
                .fix("choose another path or name, or allow it with --take-over")
                .exception();
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
            throw wrong("E_TARGET_NESTED", "the folder of the stream lies inside that of another one, or around it")
                    .fix("give the streams folders side by side with `layout`, such as {namespace}.{stream}")
                    .exception();
        }
    }

    private Problem wrong(String code, String message) {
        return Problem.of(code, ProblemKind.CONFIG, message).at(place.toString());
    }

    /**
     * Opens the target.
     *
     * @param columns the columns of the files of a run that goes on with these
     */
    Opened open(ManifestFile file, long millis, Function<List<KnownColumn>, ColumnLayout> columns) {
        requirePlace(known());
        disk.createFolders(place.hidden());
        TargetLock lock = TargetLock.take(place);
        Opened opened = null;
        try {
            opened = open(file, millis, columns, lock);
            return opened;
        } finally {
            if (opened == null) {
                lock.close();
            }
        }
    }

    private Opened open(
            ManifestFile file, long millis, Function<List<KnownColumn>, ColumnLayout> columns, TargetLock lock) {
        Manifest there = file.read().orElse(null);
        if (there != null) {
            requireOwner(there.holder());
        }
        long fence = Math.max(millis, there == null ? 0 : there.fence() + 1);
        Settling settling = new Settling(disk, place);
        if (there != null && isDropped(there)) {
            there = null;
        }
        requirePlace(Optional.ofNullable(there));
        if (there != null) {
            settling.settle(there);
            settling.sweep(there);
        }
        Manifest manifest;
        ColumnLayout layout;
        if (there != null && isSameRun(there)) {
            layout = columns.apply(there.run().columns());
            manifest = there.takenUpAgain(fence, layout.known());
        } else {
            boolean aside = spec.generation().truncates();
            layout = columns.apply(
                    there == null || aside ? List.of() : there.content().columns());
            RunState run = newRun(aside, layout);
            manifest = there == null ? Manifest.first(holder(), fence, run) : there.begun(holder(), fence, run);
        }
        disk.createFolders(place.unfinished());
        file.write(manifest);
        if (!manifest.obsolete().isEmpty()) {
            settling.settle(manifest);
        }
        return new Opened(place, disk, lock, manifest, layout);
    }

    private RunState newRun(boolean aside, ColumnLayout layout) {
        Generation generation = spec.generation();
        return new RunState(
                generation.id(), generation.syncId(), false, aside, Map.of(), List.<DataFile>of(), layout.known());
    }

    private Manifest.Holder holder() {
        return new Manifest.Holder(spec.owner().connectionId(), spec.owner().connectionName(), spec.stream());
    }

    private boolean isSameRun(Manifest there) {
        RunState run = there.run();
        return !run.published()
                && there.holder().connectionId().equals(spec.owner().connectionId())
                && run.generation() == spec.generation().id()
                && run.syncId() == spec.generation().syncId()
                && run.aside() == spec.generation().truncates();
    }

    /** I8: one owner a target. */
    private void requireOwner(Manifest.Holder known) {
        if (!known.connectionId().equals(spec.owner().connectionId())
                && !spec.owner().takeOver()) {
            throw owned(known).exception();
        }
    }

    private Problem owned(Manifest.Holder known) {
        return Problem.of("E_TARGET_OWNED", ProblemKind.CONFLICT, place + " is written by another connection")
                .at(place.toString())
                .because("it belongs to the connection " + known.connectionName() + " with the id "
                        + known.connectionId())
                .fix("write to another place, or take it over with --take-over if the other connection is gone");
    }
}
