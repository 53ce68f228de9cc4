package dev.sluice.testkit.mysql;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Folders among the temporary files that are filled once for all processes of a user. */
final class OnceUnpacked {
    private OnceUnpacked() {}

    /** Fills a folder. */
    @FunctionalInterface
    interface Filler {
        void fill(Path folder) throws IOException;
    }

    /**
     * The folder with a name, filled if nobody did it before.
     *
     * @param family the first part of the name of the folder that holds it
     * @param name its name, another one for another content
     */
    static Path folder(String family, String name, Filler filler) throws IOException {
        Path home =
                Path.of(System.getProperty("java.io.tmpdir"), family + "-of-" + System.getProperty("user.name"), name);
        if (Files.isDirectory(home)) {
            return home;
        }
        Files.createDirectories(home.getParent());
        Path aside = Files.createTempDirectory(home.getParent(), "unpacking-");
        filler.fill(aside);
        try {
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException anotherProcessWasFaster) {
            MyProcess.deleteTree(aside);
        }
        return home;
    }
}
