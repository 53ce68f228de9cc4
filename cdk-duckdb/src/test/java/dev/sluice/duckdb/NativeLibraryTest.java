package dev.sluice.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeLibraryTest {
    private static final String NAME = "lib.so";
    private static final byte[] CONTENT = "machine code ".repeat(50_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private URL resource;

    @BeforeEach
    void makeJar() throws IOException {
        Path jar = folder.resolve("driver.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(NAME));
            zip.write(CONTENT);
            zip.closeEntry();
        }
        resource = URI.create("jar:" + jar.toUri() + "!/" + NAME).toURL();
    }

    @Test
    void theLibraryIsUnpackedOnceForThisUserOnly() throws IOException {
        Path cache = folder.resolve("cache");
        Path file = NativeLibrary.unpack(resource, NAME, cache);
        assertThat(file).hasBinaryContent(CONTENT).startsWith(cache);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        Object first = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        assertThat(NativeLibrary.unpack(resource, NAME, cache)).isEqualTo(file);
        assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey())
                .isEqualTo(first);
        assertThat(filesIn(file.resolve(".."))).containsExactly(file);
    }

    @Test
    void aCopyThatIsNotWholeIsReplaced() throws IOException {
        Path cache = folder.resolve("cache");
        Path file = NativeLibrary.unpack(resource, NAME, cache);
        byte[] changed = CONTENT.clone();
        changed[changed.length / 2]++;
        Files.write(file, changed);
        assertThat(NativeLibrary.unpack(resource, NAME, cache)).hasBinaryContent(CONTENT);
        Files.write(file, new byte[] {1, 2, 3});
        assertThat(NativeLibrary.unpack(resource, NAME, cache)).hasBinaryContent(CONTENT);
    }

    @Test
    void manyMayUnpackAtTheSameTime() {
        Path cache = folder.resolve("cache");
        List<CompletableFuture<Path>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            all.add(CompletableFuture.supplyAsync(() -> {
                try {
                    Path file = NativeLibrary.unpack(resource, NAME, cache);
                    assertThat(file).hasBinaryContent(CONTENT);
                    return file;
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }));
        }
        Path file = all.getFirst().join();
        assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo(file));
        assertThat(filesIn(file.resolve(".."))).containsExactly(file);
    }

    @Test
    void aFolderThatCannotBeMadeIsAnError() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> NativeLibrary.unpack(resource, NAME, notAFolder))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anUnpackedLibraryIsUsedWhereItLies() throws IOException {
        Path file = Files.write(folder.resolve(NAME), CONTENT);
        assertThat(NativeLibrary.unpack(file.toUri().toURL(), NAME, folder.resolve("cache")))
                .isEqualTo(file);
    }

    @Test
    void eachSystemHasItsLibrary() {
        assertThat(NativeLibrary.resourceName("Linux", "amd64")).isEqualTo("libduckdb_java.so_linux_amd64");
        assertThat(NativeLibrary.resourceName("Linux", "aarch64")).isEqualTo("libduckdb_java.so_linux_arm64");
        assertThat(NativeLibrary.resourceName("Mac OS X", "aarch64")).isEqualTo("libduckdb_java.so_macos_arm64");
        assertThat(NativeLibrary.resourceName("Windows 11", "amd64")).isEqualTo("libduckdb_java.so_windows_amd64");
        for (String name : List.of("linux_amd64", "linux_arm64", "macos_arm64", "windows_amd64")) {
            assertThat(NativeLibrary.class.getResource("/libduckdb_java.so_" + name))
                    .as(name)
                    .isNotNull();
        }
    }

    @Test
    void theVersionIsTheOneThatTheBindingWasWrittenFor() {
        assertThat(DuckDb.version()).startsWith("v2.");
    }

    private static List<Path> filesIn(Path given) {
        Path path = given.normalize();
        try (Stream<Path> files = Files.list(path)) {
            return files.toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
