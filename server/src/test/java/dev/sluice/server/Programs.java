package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Programs of others, as they are published, in a folder of a test. */
public final class Programs {
    /** How long something may take; where a registry is far away, a test is for another day. */
    private static final int PATIENCE_SECONDS = 90;

    private final Path directory;

    /** Those that run in a folder. */
    public Programs(Path directory) {
        this.directory = directory;
    }

    /** Runs a program; its words if it ended well, null if it could not be run or took too long. */
    @Nullable
    String run(List<String> command) throws IOException, InterruptedException {
        Ended ended = end(command);
        return ended.isWell() ? ended.words() : null;
    }

    /** Runs a program that has to end well; its words. */
    public String mustRun(List<String> command) throws IOException, InterruptedException {
        Ended ended = end(command);
        assertThat(ended.isWell()).as(ended.words()).isTrue();
        return ended.words();
    }

    private record Ended(boolean isWell, String words) {}

    private Ended end(List<String> command) throws IOException, InterruptedException {
        Path said = directory.resolve("said-" + UUID.randomUUID());
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException missing) {
            return new Ended(false, String.valueOf(missing.getMessage()));
        }
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        return new Ended(ended && process.exitValue() == 0, Files.readString(said));
    }

    /** A Python with packages; null where it or its registry is out of reach. */
    @Nullable
    public Path python(String... packages) throws IOException, InterruptedException {
        return Pythons.inCacheOfUser().with(this, List.of(packages));
    }

    /** True if packages of Node are there now; false where it or its registry is out of reach. */
    public boolean node(String... packages) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("package.json"), "{\"private\": true}");
        List<String> install =
                new ArrayList<>(List.of("npm", "install", "--silent", "--no-progress", "--ignore-scripts"));
        install.addAll(List.of(packages));
        return run(install) != null;
    }

    /** A script that lies beside a class. */
    public Path script(Class<?> beside, String name) throws IOException {
        try (InputStream text = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return Files.writeString(directory.resolve(name), new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
