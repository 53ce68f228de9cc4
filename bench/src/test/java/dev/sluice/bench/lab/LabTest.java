package dev.sluice.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.result.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs run in turn, each in a place that was made ready, and leave nothing behind. */
final class LabTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void programsRunInTurn() throws IOException {
        Path log = folder.resolve("log");
        Path work;
        try (Lab lab = lab(3)) {
            work = lab.work();
            List<Series> series = lab.compare(writer("A", log), writer("B", log));
            assertThat(series).extracting(Series::name).containsExactly("A", "B");
            assertThat(series.get(1).runs()).hasSize(3);
        }
        assertThat(Files.readString(log)).isEqualTo("<A><B><A><B><A><B>");
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("run 3 of 3, B: ");
        assertThat(work).doesNotExist();
    }

    @Test
    void theProgramForgetsItsStateAndGetsItsHeap() throws IOException {
        try (Lab lab = lab(1)) {
            Path state = Files.createDirectories(lab.work().resolve(".sluice")).resolve("state.db");
            Files.writeString(state, "old");
            lab.measure(lab.sluice(List.of("-c", "ls -A; echo $SLUICE_JAVA_OPTS"), "shown", () -> {}, () -> {}));
            assertThat(lab.output()).isEqualTo("output.log\n-Xmx512m\n");
        }
    }

    @Test
    void duckDbRunsInAProcessOfItsOwn() throws IOException {
        try (Lab lab = lab(1)) {
            Path file = lab.work().resolve("own.duckdb");
            Series series = lab.compare(
                            lab.duckDb("DuckDB", file, List.of("CREATE TABLE t AS FROM range(10)"), () -> {}))
                    .getFirst();
            assertThat(series.runs().getFirst().innerSeconds()).isPositive();
            assertThat(series.command()).isEqualTo("DuckDB: CREATE TABLE t AS FROM range(10)");
            assertThat(file).exists();
        }
    }

    @Test
    void anyPartOfAPipeMayFail() {
        Contestant pipe = Contestant.shell("pipe", "false | true", () -> {}, () -> {});
        assertThat(pipe.shown()).isEqualTo("false | true");
        assertThat(pipe.command()).containsExactly("bash", "-c", "set -o pipefail; false | true");
    }

    private static Contestant writer(String name, Path log) {
        return Contestant.shell(name, "printf " + name + " >> " + log, () -> append(log, "<"), () -> append(log, ">"));
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(
                    file, text, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Lab lab(int runs) throws IOException {
        BenchSettings settings = new BenchSettings(10, runs, Path.of("/bin/bash"), "-Xmx512m", folder.resolve("data"));
        return new Lab(settings, new PrintStream(told, true, StandardCharsets.UTF_8));
    }
}
