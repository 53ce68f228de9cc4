package dev.sluice.connector.file.store;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft's own server for tests, installed by npm from a list of exact versions, without what it does not need for blobs
 * in memory.
 *
 * @param endpoint its address; empty if it is missing
 * @param missing why it is missing; null if it runs
 */
record Azurite(String endpoint, @Nullable String missing) {
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final Pattern LISTENS = Pattern.compile("successfully listens on (http://\\S+)");
    private static final int INSTALL_SECONDS = 120;

    static Azurite start() {
        try {
            Path folder = BASE.resolve("target/azurite").toAbsolutePath();
            Files.createDirectories(folder);
            install(folder);
            return run(folder);
        } catch (IOException failure) {
            return new Azurite("", "Azurite cannot be had here: " + failure.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Azurite("", "Azurite was not waited for");
        }
    }

    /** Several test processes may want it at once. */
    private static void install(Path folder) throws IOException, InterruptedException {
        Path wanted = BASE.resolve("src/test/azurite");
        Path done = folder.resolve("installed.json");
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            boolean there = Files.exists(done) && Files.mismatch(done, wanted.resolve("package-lock.json")) < 0;
            if (there || !lock.isValid()) {
                return;
            }
            copy(wanted, folder);
            Process npm = new ProcessBuilder(
                            "npm",
                            "ci",
                            "--ignore-scripts",
                            "--no-audit",
                            "--no-fund",
                            "--omit=optional",
                            "--prefer-offline")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("npm.log").toFile())
                    .start();
            if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                throw new IOException("npm did not install it, see " + folder.resolve("npm.log"));
            }
            Files.copy(wanted.resolve("package-lock.json"), done, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Azurite run(Path folder) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        "node",
                        "node_modules/azurite/dist/src/blob/main.js",
                        "--inMemoryPersistence",
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        "0",
                        "--skipApiVersionCheck",
                        "--disableTelemetry",
                        "--silent"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                Thread.ofVirtual().start(() -> drain(output));
                return new Azurite(listens.group(1), null);
            }
            said.append(line).append(' ');
        }
        throw new IOException("it ended with the words " + said);
    }

    private static void drain(BufferedReader output) {
        try {
            while (output.readLine() != null) {
                // Nobody wants to know.
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
