package dev.sluice.connector.file.source;

import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.LocalFiles;
import dev.sluice.connector.file.input.SourceFile;
import dev.sluice.connector.file.input.StandardInput;
import dev.sluice.connector.file.input.StoreFiles;
import dev.sluice.connector.file.input.WebFiles;
import dev.sluice.connector.file.places.Stores;
import dev.sluice.connector.file.store.StoreAddress;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of one stream.
 *
 * @param access how they are read
 * @param path the path, pattern or address, without credentials
 * @param pattern true if there may be several
 * @param root what their names are relative to in a position: the directory above the pattern; empty for other places
 */
record StreamFiles(FileAccess access, String path, boolean pattern, String root) implements AutoCloseable {

    static StreamFiles open(String path, SourceSettings.Limits limits) {
        if (path.equals(StandardInput.PATH)) {
            return new StreamFiles(StandardInput.instance(), path, false, "");
        }
        if (WebFiles.isWeb(path)) {
            WebFiles files = new WebFiles(path, limits.web());
            return new StreamFiles(files, files.address(), false, "");
        }
        if (StoreAddress.isStore(path)) {
            StoreAddress address = StoreAddress.parse(path);
            StoreFiles files = new StoreFiles(Stores.open(address, limits.stores()), address.path(), limits.maxFiles());
            return new StreamFiles(files, address.toString(), files.isPattern(), files.directory());
        }
        LocalFiles files = new LocalFiles(path, limits.maxFiles());
        return new StreamFiles(files, path, LocalFiles.isPattern(path), files.directory());
    }

    /** The identity of positions: the place that the files lie in (I4). */
    String identity() {
        if (!access.isSeekable()) {
            return "file at " + path;
        }
        if (StoreAddress.isStore(root)) {
            return "files in " + root;
        }
        return "files in "
                + Path.of(root.isEmpty() ? "." : root).toAbsolutePath().normalize();
    }

    /** The files that are there now, by name. */
    List<SourceFile> list() {
        return access.list();
    }

    /** The files that are there now, at least one. */
    List<SourceFile> listSome() {
        List<SourceFile> files = list();
        if (files.isEmpty()) {
            throw Problem.of("E_FILE_NOT_FOUND", ProblemKind.CONFIG, "no file matches the pattern")
                    .at(path)
                    .fix("check the path; ** stands for any directories, and names that begin with a dot are left out")
                    .exception();
        }
        return files;
    }

    /** The name of a file in a position. */
    String keyOf(SourceFile file) {
        boolean inside = !root.isEmpty() && file.name().startsWith(root + "/");
        return inside ? file.name().substring(root.length() + 1) : file.name();
    }

    @Override
    public void close() {
        access.close();
    }
}
