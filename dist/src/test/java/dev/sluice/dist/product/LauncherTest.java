package dev.sluice.dist.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fault.ChildProcess;
import dev.sluice.testkit.host.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in the root of the repository builds when it has to, once, and says what it does. */
class LauncherTest {
    @TempDir
    Path folder;

    private MakeBelieve machine;

    @BeforeEach
    void prepare() throws IOException {
        machine = MakeBelieve.in(folder);
    }

    @Test
    void buildsAtFirstUseAndNotAtTheSecond() throws IOException {
        ChildProcess first = sluice("sync", "a file.yaml");
        first.requireSuccess();
        assertThat(first.out()).containsExactly("product sync a file.yaml");
        assertThat(first.err()).first().asString().startsWith("First use: building Sluice with ");
        assertThat(first.err()).last().asString().matches("Built in \\d+ s\\.");
        assertThat(machine.builds())
                .singleElement()
                .asString()
                .startsWith("JAVA_HOME=" + folder.resolve("jdk"))
                .contains("-Dfast", "-pl dist -am ", "package");

        ChildProcess second = sluice("version");
        second.requireSuccess();
        assertThat(second.out()).containsExactly("product version");
        assertThat(second.err()).isEmpty();
        assertThat(machine.builds()).hasSize(1);
    }

    @Test
    void buildsAgainWhenWhatTheProductConsistsOfHasChanged() throws IOException {
        sluice("version").requireSuccess();
        change("spi/src/test/ATest.java");
        assertThat(sluice("version").requireSuccess().err()).isEmpty();
        change("spi/src/main/A.java");
        assertThat(sluice("version").requireSuccess().err()).first().asString().contains("sources have changed");
        change("connectors/one/pom.xml");
        sluice("version").requireSuccess();

        assertThat(machine.builds()).hasSize(3);
    }

    @Test
    void runsFromAnywhereAndThroughLinks() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("else where/bin"));
        Files.createSymbolicLink(elsewhere.resolve("one"), Path.of("../../checkout/sluice"));
        Files.createSymbolicLink(elsewhere.resolve("two"), elsewhere.resolve("one"));
        ChildProcess run = machine.start(elsewhere, jdk(), "./two", "version");
        run.requireSuccess();

        assertThat(run.out()).containsExactly("product version");
        assertThat(machine.checkout().resolve("dist/target/build.log")).exists();
    }

    @Test
    void aFailedBuildSaysWhatAndWhereAndIsTriedAgain() throws IOException {
        sluice("version").requireSuccess();
        change("spi/src/main/A.java");
        machine.maven("echo '[INFO] fine'; echo '[ERROR] A.java:[1,1] no such thing'; exit 1\n");
        ChildProcess failed = sluice("version");
        failed.requireExit(1);
        assertThat(failed.out()).isEmpty();
        assertThat(String.join("\n", failed.err()))
                .contains("error: the build of Sluice failed", "A.java:[1,1] no such thing", "dist/target/build.log")
                .doesNotContain("fine");

        sluice("version").requireExit(1);
        assertThat(machine.builds()).hasSize(3);
        Map<String, String> never = new HashMap<>(jdk());
        never.put("SLUICE_BUILD", "never");
        ChildProcess old = machine.start(folder, never, launcher(), "version");
        assertThat(old.requireSuccess().out()).containsExactly("product version");
    }

    @Test
    void twoAtOnceBuildOnce() throws IOException {
        Path gate = machine.pipe("gate");
        machine.maven("""
            read -r word <'%s'
            mkdir -p dist/target/sluice/bin
            printf '#!/bin/sh\\n[ "${SLUICE_AOT:-}" = prepare ] || echo "product $*"\\n' >dist/target/sluice/bin/sluice
            chmod +x dist/target/sluice/bin/sluice
            """.formatted(gate));
        try (ChildProcess first = start("one")) {
            Await.until("the first one builds", () -> builds().size() == 1);
            try (ChildProcess second = start("two")) {
                second.awaitLine(line -> line.contains("is being built by another process"));
                Files.writeString(gate, "go\n");
                assertThat(first.requireSuccess().out()).containsExactly("product one");
                assertThat(second.requireSuccess().out()).containsExactly("product two");
            }
        }

        assertThat(machine.builds()).hasSize(1);
    }

    @Test
    void aBuildThatDiedDoesNotStandInTheWay() throws IOException {
        ChildProcess dead = machine.start(folder, Map.of(), "sh", "-c", "exit 0");
        dead.requireSuccess();
        machine.write("dist/target/build.lock/pid", Long.toString(dead.pid()));

        assertThat(sluice("version").requireSuccess().out()).containsExactly("product version");
        assertThat(machine.checkout().resolve("dist/target/build.lock")).doesNotExist();
    }

    @Test
    void anInterruptedBuildLeavesNoLock() throws IOException {
        machine.maven("read -r word <'" + machine.pipe("never") + "'\n");
        try (ChildProcess run = start("version")) {
            Await.until("it builds", () -> builds().size() == 1);
            run.signal("TERM");
            run.requireExit(143);
        }

        assertThat(machine.checkout().resolve("dist/target/build.lock")).doesNotExist();
    }

    @Test
    void whatCannotBeWrittenIsRunAsItIs() throws IOException {
        sluice("version").requireSuccess();
        change("spi/src/main/A.java");
        machine.tool("mkdir", "exit 1\n");
        ChildProcess run = sluice("version");

        assertThat(run.requireSuccess().out()).containsExactly("product version");
        assertThat(run.err()).singleElement().asString().startsWith("warning: the sources are newer than the build");
        assertThat(machine.builds()).hasSize(1);
    }

    @Test
    void withoutMavenItSaysHowToGetIt() throws IOException {
        machine.without("mvn");
        ChildProcess run = sluice("version");
        run.requireExit(3);

        assertThat(String.join("\n", run.err())).contains("no mvn in PATH", "apt install maven");
        assertThat(machine.checkout().resolve("dist/target/build.lock")).doesNotExist();
    }

    @Test
    void withoutAJdkItSaysHowToGetOne() {
        ChildProcess run = machine.start(folder, Map.of(), launcher(), "version");
        run.requireExit(3);

        assertThat(String.join("\n", run.err())).contains("needs a JDK 25", "Get one:", "SLUICE_JAVA_HOME=");
    }

    private ChildProcess sluice(String... arguments) {
        ChildProcess process = start(arguments);
        process.awaitExit();
        return process;
    }

    private ChildProcess start(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = launcher();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return machine.start(folder, jdk(), command);
    }

    private String launcher() {
        return machine.checkout().resolve("sluice").toString();
    }

    private Map<String, String> jdk() {
        return Map.of("SLUICE_JAVA_HOME", folder.resolve("jdk").toString());
    }

    private List<String> builds() {
        try {
            return machine.builds();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Changes a file after everything that is there now. */
    private void change(String file) throws IOException {
        Path path = machine.checkout().resolve(file);
        Path stamp = machine.checkout().resolve("dist/target/built");
        Instant last = Files.getLastModifiedTime(stamp).toInstant();
        Files.setLastModifiedTime(path, FileTime.from(last.plusMillis(1)));
    }
}
