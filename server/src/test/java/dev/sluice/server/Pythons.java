package dev.sluice.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Environments of Python that stay between runs of tests, one for each list of packages. What packages need beside them is
 * taken as it was on a day, so that a test means the same tomorrow.
 */
record Pythons(Path cache) {
    private static final String INSTALLER = "uv==0.13.9";
    private static final String DAY = "2026-11-20";
    private static final String COMPLETE = "complete";

    static Pythons inCacheOfUser() {
        String told = System.getenv("XDG_CACHE_HOME");
        Path caches =
                told == null || told.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(told);
        return new Pythons(caches.resolve("sluice").resolve("clients"));
    }

    /** The interpreter of the environment with these packages; null if it is not there and cannot be made now. */
    @Nullable
    Path with(Programs programs, List<String> packages) throws IOException, InterruptedException {
        Files.createDirectories(cache);
        try (FileChannel channel =
                        FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Objects.requireNonNull(lock);
            return made(programs, packages);
        }
    }

    private @Nullable Path made(Programs programs, List<String> packages) throws IOException, InterruptedException {
        Path place = cache.resolve(name(packages));
        Path python = place.resolve("bin/python");
        if (Files.exists(place.resolve(COMPLETE)) && Files.isExecutable(python)) {
            return python;
        }
        Path uv = installer(programs);
        if (uv == null) {
            return null;
        }
        List<String> install = new ArrayList<>(List.of(
                uv.toString(), "pip", "install", "--quiet", "--python", python.toString(), "--exclude-newer", DAY));
        install.add("--compile-bytecode");
        install.addAll(packages);
        boolean isMade = programs.run(List.of(uv.toString(), "venv", "--quiet", "--clear", place.toString())) != null
                && programs.run(install) != null;
        if (isMade) {
            Files.writeString(place.resolve(COMPLETE), String.join("\n", packages));
        }
        return isMade ? python : null;
    }

    private @Nullable Path installer(Programs programs) throws IOException, InterruptedException {
        Path place = cache.resolve(name(List.of(INSTALLER)));
        Path uv = place.resolve("bin/uv");
        if (Files.isExecutable(uv)) {
            return uv;
        }
        List<String> install = List.of(
                place.resolve("bin/python").toString(), "-m", "pip", "install", "--quiet", "--retries", "0", INSTALLER);
        boolean isMade = programs.run(List.of("python3", "-m", "venv", place.toString())) != null
                && programs.run(install) != null;
        return isMade ? uv : null;
    }

    private static String name(List<String> packages) {
        String first = packages.getFirst().replaceAll("[^A-Za-z0-9-].*", "");
        String all = String.join("\n", packages) + "\n" + DAY;
        return first + "-"
                + UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .substring(0, 8);
    }
}
