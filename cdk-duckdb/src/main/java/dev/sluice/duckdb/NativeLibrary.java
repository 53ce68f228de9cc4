package dev.sluice.duckdb;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.CodeSource;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds DuckDB's native library and loads it once.
 *
 * <p>It lies in the JDBC driver's jar, out of which nothing can be loaded. A distribution may put it unpacked beside the
 * jars; otherwise it is unpacked into the user's cache folder at first use. The copy there is trusted only if its size and
 * its CRC are those of the original, and it appears under its name in one step, so that processes that start at the same
 * time do no harm to each other.
 */
final class NativeLibrary {
    /** The system property that names the library file, for those who bring their own. */
    static final String FILE_PROPERTY = "sluice.duckdb.library";

    private static final String CACHE_FOLDER = "sluice";

    private static @Nullable SymbolLookup loaded;

    private NativeLibrary() {}

    /**
     * The symbols of the library, which is loaded if it is not yet.
     *
     * @throws ProblemException with the code {@code E_DUCKDB_LIBRARY} if that cannot be done
     */
    static synchronized SymbolLookup symbols() {
        if (loaded == null) {
            Path file = find();
            try {
                loaded = SymbolLookup.libraryLookup(file, Arena.global());
            } catch (IllegalArgumentException refused) {
                throw problem("DuckDB's native library cannot be loaded", file, refused)
                        .fix("check that the folder allows executables (mount option noexec), or set -D" + FILE_PROPERTY
                                + "=FILE")
                        .exception(refused);
            }
        }
        return loaded;
    }

    private static Path find() {
        String given = System.getProperty(FILE_PROPERTY);
        if (given != null) {
            return Path.of(given).toAbsolutePath();
        }
        String name = resourceName(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        Optional<Path> beside = folderOfThisCode().map(folder -> folder.resolve(name));
        if (beside.isPresent() && Files.isRegularFile(beside.get())) {
            return beside.get();
        }
        URL resource = NativeLibrary.class.getResource("/" + name);
        if (resource == null) {
            throw Problem.of("E_DUCKDB_LIBRARY", ProblemKind.RESOURCE, "there is no DuckDB for this computer")
                    .because("the driver has no " + name)
                    .fix("set -D" + FILE_PROPERTY + "=FILE to a library with DuckDB's C interface")
                    .exception();
        }
        Path cache = cacheFolder();
        try {
            return unpack(resource, name, cache);
        } catch (IOException failure) {
            throw problem("DuckDB's native library cannot be unpacked", cache, failure)
                    .fix("make room in that folder and let this user write there, or set XDG_CACHE_HOME to another one")
                    .exception(failure);
        }
    }

    /** The name of the library inside the driver's jar. */
    static String resourceName(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.contains("mac") ? "macos" : os.contains("win") ? "windows" : "linux";
        String arch = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "x86_64", "amd64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> osArch;
        };
        return "libduckdb_java.so_" + system + "_" + arch;
    }

    private static Optional<Path> folderOfThisCode() {
        CodeSource source = NativeLibrary.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    Path.of(source.getLocation().toURI()).toAbsolutePath().getParent());
        } catch (URISyntaxException | IllegalArgumentException notOnDisk) {
            return Optional.empty();
        }
    }

    /** The user's folder for what can be made again, by the custom of the system. */
    private static Path cacheFolder() {
        String home = System.getProperty("user.home", ".");
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String given = os.contains("win") ? System.getenv("LOCALAPPDATA") : System.getenv("XDG_CACHE_HOME");
        if (given != null && !given.isBlank()) {
            return Path.of(given).toAbsolutePath().resolve(CACHE_FOLDER);
        }
        String usual = os.contains("mac") ? "Library/Caches" : os.contains("win") ? "AppData/Local" : ".cache";
        return Path.of(home, usual).toAbsolutePath().resolve(CACHE_FOLDER);
    }

    /**
     * A file with the content of the resource: the one in the cache if it is whole, else a new one.
     *
     * @param name the name of the file
     * @param cache the folder to keep it in; made if need be
     */
    static Path unpack(URL resource, String name, Path cache) throws IOException {
        if (resource.getProtocol().equals("file")) {
            return Path.of(URI.create(resource.toString()));
        }
        URLConnection connection = resource.openConnection();
        connection.setUseCaches(false);
        if (!(connection instanceof JarURLConnection jar)) {
            throw new IOException("the library is neither in a jar nor a file: " + resource);
        }
        try (InputStream content = jar.getInputStream()) {
            long size = jar.getJarEntry().getSize();
            long crc = jar.getJarEntry().getCrc();
            Path folder = privateFolder(cache.resolve("duckdb-%08x".formatted(crc)));
            Path file = folder.resolve(name);
            if (!isWhole(file, size, crc)) {
                write(content, file, crc);
            }
            return file;
        }
    }

    private static Path privateFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            // Nobody else may put a library there that this process would run.
            return Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return Files.createDirectories(folder);
    }

    private static boolean isWhole(Path file, long size, long crc) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != size) {
            return false;
        }
        try (CheckedInputStream content = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
            byte[] buffer = new byte[1 << 16];
            while (content.read(buffer) >= 0) {
                // the stream sums up what passes
            }
            return content.getChecksum().getValue() == crc;
        }
    }

    private static void write(InputStream content, Path file, long crc) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, "unpacking", ".part");
        try {
            CheckedInputStream checked = new CheckedInputStream(content, new CRC32());
            try (OutputStream out = Files.newOutputStream(part)) {
                checked.transferTo(out);
            }
            if (checked.getChecksum().getValue() != crc) {
                throw new IOException("the library in the jar is damaged");
            }
            moveInto(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void moveInto(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException inUse) {
            // Windows does not replace a library that another process has loaded; then that one is as good.
            if (!Files.isRegularFile(file) || Files.size(file) != Files.size(part)) {
                throw inUse;
            }
        }
    }

    private static Problem problem(String message, Path where, Exception why) {
        String words = why.getMessage();
        return Problem.of("E_DUCKDB_LIBRARY", ProblemKind.RESOURCE, message)
                .at(where.toString())
                .because(words == null ? why.getClass().getSimpleName() : words);
    }
}
