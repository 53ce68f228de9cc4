package dev.sluice.connector.file.destination.manifest;

import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.destination.place.Place;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings what lies on the disk in line with the manifest: makes committed files visible, puts new content in the place of
 * the old, and deletes what is obsolete. Each step may be interrupted and taken again, so a crash is mended by the next
 * run.
 */
public final class Settling {
    private final Disk disk;
    private final Place place;

    /** For the target at this place. */
    public Settling(Disk disk, Place place) {
        this.disk = disk;
        this.place = place;
    }

    /** Does all that the manifest asks for. */
    public void settle(Manifest manifest) {
        RunState run = manifest.run();
        if (run.published()) {
            if (Disk.exists(place.old())) {
                disk.move(place.old(), place.next());
            }
            deleteObsolete(manifest);
            giveBackForeignFiles();
            return;
        }
        if (Disk.exists(place.old())) {
            // A replacement in two steps was interrupted after the first.
            disk.move(place.old(), place.target());
        }
        if (run.aside()) {
            takeBack(run.files());
        } else {
            show(run.files());
        }
        deleteObsolete(manifest);
    }

    /** Makes committed files visible that are not yet. */
    public void show(List<DataFile> files) {
        Set<Path> folders = new HashSet<>();
        for (DataFile file : files) {
            Path from = place.unfinished(file.path());
            if (Disk.size(from) >= 0) {
                requireWhole(from, file);
                Path to = place.visible(file.path());
                disk.createFolders(Disk.folderOf(to));
                disk.move(from, to);
                folders.add(Disk.folderOf(to));
            }
        }
        folders.forEach(disk::forceFolder);
    }

    /** Puts files whose run is about to be published where they wait for it, cut to what was committed. */
    public void stage(List<DataFile> files) {
        Set<Path> folders = new HashSet<>();
        for (DataFile file : files) {
            Path from = place.unfinished(file.path());
            Path to = place.next(file.path());
            if (Disk.size(from) >= 0) {
                requireWhole(from, file);
                disk.createFolders(Disk.folderOf(to));
                disk.move(from, to);
                folders.add(Disk.folderOf(to));
            }
            requireWhole(to, file);
        }
        folders.forEach(disk::forceFolder);
    }

    /** Files that were put aside for publishing, which then did not happen, go back to where they are looked for. */
    private void takeBack(List<DataFile> files) {
        for (DataFile file : files) {
            disk.createFolders(place.unfinished());
            if (Disk.exists(place.next(file.path())) && !Disk.exists(place.unfinished(file.path()))) {
                disk.createFolders(Disk.folderOf(place.unfinished(file.path())));
                disk.move(place.next(file.path()), place.unfinished(file.path()));
            }
        }
    }

    /** Demands that all files of a run are there as they were committed, and cuts what was not. */
    public void requireWhole(List<DataFile> files) {
        files.forEach(file -> requireWhole(place.unfinished(file.path()), file));
    }

    /** What lies beyond the committed end of a file does not count; a file that is too short is damage. */
    private void requireWhole(Path at, DataFile file) {
        long size = Disk.size(at);
        if (size < file.bytes()) {
            throw Problem.of("E_VERIFY", ProblemKind.INTEGRITY, "a file that was committed is not complete")
                    .at(at.toString())
                    .because("it should have " + file.bytes() + " bytes and " + (size < 0 ? "is gone" : "has " + size))
                    .fix("copy the stream from the beginning: `sluice state rewind`")
                    .exception();
        }
        if (size > file.bytes()) {
            disk.cut(at, file.bytes());
        }
    }

    /**
     * I5: the content that waits takes the place of the old one, where possible in one step. This is the commit: what the
     * manifest says of it becomes true with it.
     */
    public void replace(DataFile sample) {
        Path target = place.target();
        disk.createFolders(Disk.folderOf(target));
        if (place.isFile()) {
            disk.move(place.next(sample.path()), target);
        } else if (!Disk.exists(target)) {
            disk.move(place.next(), target);
        } else {
            copyRights(target, place.next());
            if (!disk.exchange(place.next(), target)) {
                disk.move(target, place.old());
                disk.move(place.next(), target);
            }
        }
        disk.forceFolder(Disk.folderOf(target));
        disk.forceFolder(place.hidden());
    }

    /** Who could read the old content can read the new one. */
    private static void copyRights(Path from, Path to) {
        try {
            PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
            PosixFileAttributeView fresh = Files.getFileAttributeView(to, PosixFileAttributeView.class);
            if (old != null && fresh != null) {
                fresh.setPermissions(old.readAttributes().permissions());
            }
        } catch (IOException failure) {
            throw Problems.writing(to.toString(), failure);
        }
    }

    private void deleteObsolete(Manifest manifest) {
        for (String file : manifest.obsolete()) {
            disk.delete(place.unfinished(file));
            disk.delete(place.next(file));
            if (!place.isFile()) {
                disk.delete(place.visible(file));
            }
        }
        if (!manifest.obsolete().isEmpty() && !place.isFile()) {
            for (Path entry : Disk.list(place.target())) {
                disk.deleteEmpty(entry);
            }
        }
    }

    /** Files that others put into the old folder are not ours to delete; they go where they were. */
    private void giveBackForeignFiles() {
        for (Path file : Disk.files(place.next())) {
            Path to = place.target().resolve(place.next().relativize(file).toString());
            disk.createFolders(Disk.folderOf(to));
            disk.move(file, Disk.exists(to) ? to.resolveSibling(to.getFileName() + ".kept") : to);
        }
        disk.deleteEmpty(place.next());
    }

    /** Deletes what a killed run left unfinished. */
    public void sweep(Manifest manifest) {
        Set<Path> committed = new HashSet<>();
        for (DataFile file : manifest.run().files()) {
            committed.add(place.unfinished(file.path()));
            committed.add(place.next(file.path()));
        }
        for (Path folder : List.of(place.unfinished(), place.next())) {
            for (Path file : Disk.files(folder)) {
                if (!committed.contains(file)) {
                    disk.delete(file);
                }
            }
            disk.deleteEmpty(folder);
        }
    }
}
