package dev.sluice.connector.file.destination;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Folders of tests. They lie in memory where there is such a place, for all that is written is forced to the medium. */
final class TemporaryFolder {
    private static final Path MEMORY = Path.of("/dev/shm");

    private TemporaryFolder() {}

    static Path make() {
        try {
            Path folder = Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "sluice-files")
                    : Files.createTempDirectory("sluice-files");
            return folder.toRealPath();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** All files below a folder but the hidden ones, as a shell's glob finds them; none if it is not there. */
    static List<Path> files(Path folder) {
        while (true) {
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile)
                        .filter(file -> !folder.relativize(file).toString().startsWith("."))
                        .sorted()
                        .toList();
            } catch (NoSuchFileException | UncheckedIOException changedMeanwhile) {
                // The folder was replaced while it was listed; a reader lists it again.
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** What tells a folder from another one that took its place. */
    static Optional<Object> identity(Path folder) {
        try {
            return Optional.of(
                    Files.readAttributes(folder, BasicFileAttributes.class).fileKey());
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    /** Every file below a folder, the hidden ones too. */
    static List<String> everything(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A folder in which this user can make nothing; for root, who may do anything, one that the kernel keeps. */
    static Path unwritable(Path root) throws IOException {
        Path folder = root.resolve("unwritable");
        if (!Files.exists(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        }
        return Files.isWritable(folder) ? Path.of("/sys") : folder;
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
