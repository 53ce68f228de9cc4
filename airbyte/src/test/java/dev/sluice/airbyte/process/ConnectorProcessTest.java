package dev.sluice.airbyte.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of a connector gets what is its own, and leaves nothing behind. */
class ConnectorProcessTest {
    private static final Program SHELL = (folder, run, arguments) -> Programs.joined(List.of("/bin/sh"), arguments);

    private static String output(ConnectorProcess process) throws IOException {
        return new String(process.output().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void itSeesItsFilesAndNoSecretOfTheHost() throws Exception {
        CopyOnWriteArrayList<String> log = new CopyOnWriteArrayList<>();
        try (ConnectorProcess process = ConnectorProcess.start(
                SHELL,
                List.of("-c", "cat config.json; pwd; env; echo complaint >&2"),
                Map.of("config.json", "{}"),
                log::add)) {
            String output = output(process);
            assertThat(process.await(10)).isZero();
            assertThat(output).startsWith("{}/").contains("HOME=/").contains("PATH=");
            assertThat(output.lines()
                            .filter(line -> line.matches("[A-Za-z_]+=.*"))
                            .map(line -> line.replaceAll("=.*", "")))
                    .isSubsetOf(
                            "PATH",
                            "LANG",
                            "LC_ALL",
                            "TZ",
                            "HOME",
                            "TMPDIR",
                            "PWD",
                            "SHLVL",
                            "_",
                            "OLDPWD",
                            "SLUICE_CONNECTOR_RUN",
                            "DEPLOYMENT_MODE",
                            "USE_STREAM_CAPABLE_STATE",
                            "HTTP_PROXY",
                            "HTTPS_PROXY",
                            "NO_PROXY",
                            "http_proxy",
                            "https_proxy",
                            "no_proxy",
                            "SSL_CERT_FILE",
                            "SSL_CERT_DIR",
                            "REQUESTS_CA_BUNDLE",
                            "NODE_EXTRA_CA_CERTS",
                            "DOCKER_HOST",
                            "XDG_RUNTIME_DIR");
            assertThat(log).containsExactly("complaint");
        }
    }

    @Test
    void itsFilesAreGoneAfterwards() throws Exception {
        Path folder;
        try (ConnectorProcess process =
                ConnectorProcess.start(SHELL, List.of("-c", "pwd; touch left"), Map.of(), line -> {})) {
            folder = Path.of(output(process).strip());
            assertThat(folder).isDirectory();
        }
        assertThat(Files.exists(folder)).isFalse();
    }

    /** The second one leaves the tree: its parent is gone before. */
    @Test
    void allItsProcessesEndWithIt() throws Exception {
        String script =
                "sh -c 'sleep 1000 & echo $!' ; sleep 1000 & echo $! ; trap '' TERM ; echo $$ ; exec 1>&- ; wait";
        List<ProcessHandle> processes;
        try (ConnectorProcess process = ConnectorProcess.start(SHELL, List.of("-c", script), Map.of(), line -> {})) {
            StringBuilder printed = new StringBuilder();
            while (printed.chars().filter(c -> c == '\n').count() < 3) {
                printed.append((char) process.output().read());
            }
            processes = printed.toString()
                    .lines()
                    .map(line -> ProcessHandle.of(Long.parseLong(line.strip())).orElseThrow())
                    .toList();
            assertThat(processes).hasSize(3).allMatch(ProcessHandle::isAlive);
        }
        for (ProcessHandle each : processes) {
            each.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    /** A reader that is told to stop and the source that is closed both end it; none may go on while something of it still runs. */
    @Test
    void itHasEndedForEachThatClosesIt() throws Exception {
        CountDownLatch ending = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean removed = new AtomicBoolean();
        Program slow = new Program() {
            @Override
            public List<String> commandLine(Path folder, String run, List<String> arguments) {
                return SHELL.commandLine(folder, run, arguments);
            }

            @Override
            public void end(String run) {
                ending.countDown();
                assertThatCode(mayEnd::await).doesNotThrowAnyException();
                removed.set(true);
            }
        };
        ConnectorProcess process = ConnectorProcess.start(slow, List.of("-c", "exit"), Map.of(), line -> {});
        Thread first = Thread.ofVirtual().start(process::close);
        ending.await();
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> {
            process.close();
            return removed.get();
        });
        assertThat(second).isNotDone();
        mayEnd.countDown();
        assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
        first.join();
    }

    @Test
    void aContainerIsRemovedThoughTheThreadWasInterrupted(@TempDir Path folder) throws Exception {
        Path engine = Files.writeString(
                folder.resolve("docker"), "#!/bin/sh\nsleep 0.2\necho \"$@\" > %s\n".formatted(folder.resolve("told")));
        assertThat(engine.toFile().setExecutable(true)).isTrue();
        Thread.currentThread().interrupt();
        new Container(engine, "acme/source:1.0", List.of()).end("sluice-1");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder.resolve("told")).hasContent("rm --force sluice-1");
    }

    @Test
    void aProgramThatIsNotThereIsAProblem() {
        Program missing = (folder, run, arguments) -> List.of("/no/such/program");
        assertThatThrownBy(() -> ConnectorProcess.start(missing, List.of(), Map.of(), line -> {}))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("E_CONNECTOR_START"));
    }
}
