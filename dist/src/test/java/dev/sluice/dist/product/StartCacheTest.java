package dev.sluice.dist.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache for quick starts is made once, and one that does not fit does no harm and is not spoken of. */
class StartCacheTest {
    @TempDir
    Path folder;

    private Path home;

    /** An installation of its own, since the cache lies in it. */
    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectory(folder.resolve("a home"));
        for (String part : List.of("bin", "lib", "plugins/discard", "plugins/file")) {
            Path copy = Files.createDirectories(home.resolve(part));
            try (Stream<Path> files = Files.list(Sluice.product().resolve(part))) {
                files.forEach(file -> copy(file, copy.resolve(file.getFileName())));
            }
        }
    }

    private static void copy(Path file, Path copy) {
        try {
            Files.copy(file, copy);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void isMadeWhenItIsAskedForAndUsedFromThenOn() throws IOException {
        assertThat(sluice().with("SLUICE_AOT", "prepare").run("version").expect(0))
                .isEqualTo(new Sluice.Result(0, "", ""));
        Path cache = onlyCache();
        assertThat(Files.size(cache)).isGreaterThan(1_000_000);

        assertThat(ownClassesFromJars(sluice().with("SLUICE_AOT", "off"))).isGreaterThan(20);
        // The few that stand on classes of the oldest format, which a cache does not take, come from their jar.
        assertThat(ownClassesFromJars(sluice())).isLessThan(5);
    }

    @Test
    void isNotMadeByTheWayWhereNobodyWatches() {
        sluice().run("version").expect(0);

        assertThat(home.resolve("cache")).doesNotExist();
    }

    @Test
    void oneThatDoesNotFitIsPassedOverInSilence() throws IOException {
        sluice().with("SLUICE_AOT", "prepare").run("version").expect(0);
        assertRuns(sluice().withOption("-XX:-UseCompactObjectHeaders"));
        assertRuns(sluice().withOption("-XX:+UseSerialGC"));
        assertRuns(sluice().withOption("-Xmx1g"));

        Path jar = home.resolve("lib/jdk.sh").resolveSibling("new.jar");
        Files.copy(firstJar(), jar);
        assertRuns(sluice());

        byte[] whole = Files.readAllBytes(onlyCache());
        Files.write(onlyCache(), Arrays.copyOf(whole, whole.length / 2));
        assertRuns(sluice());
        Files.write(onlyCache(), new byte[0]);
        assertRuns(sluice());
    }

    @Test
    void doesWithoutWhereItCannotBeMade() throws IOException {
        Files.createFile(home.resolve("cache"));

        assertRuns(sluice());
        sluice().with("SLUICE_AOT", "prepare").run("version").expect(0);
    }

    private Sluice sluice() {
        return Sluice.in(folder).by(home.resolve("bin/sluice"));
    }

    private static void assertRuns(Sluice sluice) {
        Sluice.Result version = sluice.run("version").expect(0);
        assertThat(version.out()).startsWith("sluice ").hasLineCount(1);
        assertThat(version.err()).isEmpty();
    }

    private static long ownClassesFromJars(Sluice sluice) {
        String log = sluice.withOption("-Xlog:class+load:stderr")
                .run("version")
                .expect(0)
                .err();
        return log.lines()
                .filter(line -> line.contains("source: file:") && line.contains("/lib/sluice-cli"))
                .count();
    }

    private Path onlyCache() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("cache"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private Path firstJar() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
