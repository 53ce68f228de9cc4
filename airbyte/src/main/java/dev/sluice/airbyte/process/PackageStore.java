package dev.sluice.airbyte.process;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Folders with an installed package each. A folder is there once the file {@code installed} in it is: whoever is interrupted while
 * installing leaves none, and begins anew. Thread-safe, and safe with other processes.
 */
final class PackageStore {
    private static final String INSTALLED = "installed";
    private static final ConcurrentHashMap<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private final Path root;

    PackageStore(Path root) {
        this.root = root;
    }

    /**
     * The folder of a package, installed now if it was not.
     *
     * @param name names the folder
     * @param installing fills it
     */
    Path folder(String name, Consumer<Path> installing) {
        Path folder = root.resolve(name.replace('/', '+'));
        if (Files.exists(folder.resolve(INSTALLED))) {
            return folder;
        }
        ReentrantLock own = LOCKS.computeIfAbsent(folder, none -> new ReentrantLock());
        own.lock();
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            root.resolve(folder.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(folder.resolve(INSTALLED))) {
                    installing.accept(folder);
                    Files.createFile(folder.resolve(INSTALLED));
                }
            }
            return folder;
        } catch (IOException failure) {
            throw Problem.of("E_CONNECTOR_INSTALL", ProblemKind.RESOURCE, "the connector could not be installed")
                    .at(folder.toString())
                    .because(failure.getMessage())
                    .exception(failure);
        } finally {
            own.unlock();
        }
    }
}
