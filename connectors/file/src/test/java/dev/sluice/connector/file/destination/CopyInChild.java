package dev.sluice.connector.file.destination;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.testkit.drive.CopyDriver;
import dev.sluice.testkit.drive.CopyState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;

/** The process that is killed: copies rows to files and keeps its state in a file. */
final class CopyInChild {
    private CopyInChild() {}

    /** Arguments: the path to write, the format, the mode, the number of rows, the file of the state. */
    public static void main(String[] arguments) throws IOException {
        Path state = Path.of(arguments[4]);
        Copies copies = new Copies(
                Objects.requireNonNull(state.toAbsolutePath().getParent()),
                Map.of("path", arguments[0], "format", arguments[1]),
                DestinationSyncMode.valueOf(arguments[2]));
        CopyDriver driver = copies.driver(
                copies.destination(), Integer.parseInt(arguments[3]), CopyState.ofJson(Files.readString(state)));
        driver.saver(saved -> keep(saved, state)).run();
    }

    private static void keep(CopyState saved, Path file) {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, saved.toJson());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
