package dev.sluice.airbyte.process;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of a connector: its process, its files in a folder that only this user may read, and nothing else of the host: of the
 * environment it gets what programs need to run at all, and no secret that happens to be there. Thread-safe.
 */
public final class ConnectorProcess implements AutoCloseable {
    /** What is handed on of the environment of the host. */
    private static final List<String> INHERITED = List.of(
            "PATH",
            "LANG",
            "LC_ALL",
            "TZ",
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

    /** By this variable the processes of a run are known, also those that left its tree. */
    private static final String MARK = "SLUICE_CONNECTOR_RUN";

    private static final long GRACE_SECONDS = 10;

    private final Program program;
    private final Process process;
    private final Path folder;
    private final String run;
    private final Thread errors;
    private final ReentrantLock ending = new ReentrantLock();
    private boolean ended;

    private ConnectorProcess(Program program, Process process, Path folder, String run, Consumer<String> log) {
        this.program = program;
        this.process = process;
        this.folder = folder;
        this.run = run;
        this.errors = Thread.ofVirtual().start(() -> drain(process.getErrorStream(), log));
    }

    /**
     * Starts a connector.
     *
     * @param program the connector
     * @param arguments what it shall do; files are named relative to its folder
     * @param files the files that the arguments name, with their content
     * @param log takes the lines of its error output
     * @throws ProblemException of kind {@code RESOURCE} if it cannot be started
     */
    public static ConnectorProcess start(
            Program program, List<String> arguments, Map<String, String> files, Consumer<String> log) {
        String run = "sluice-" + UUID.randomUUID();
        Path folder = null;
        try {
            folder = Files.createTempDirectory(
                    "sluice-run-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            List<String> command = program.commandLine(folder, run, arguments);
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            Map<String, String> environment = builder.environment();
            environment.keySet().retainAll(INHERITED);
            environment.put("HOME", folder.toString());
            environment.put("TMPDIR", folder.toString());
            environment.put(MARK, run);
            environment.put("DEPLOYMENT_MODE", "OSS");
            environment.put("USE_STREAM_CAPABLE_STATE", "true");
            return new ConnectorProcess(program, builder.start(), folder, run, log);
        } catch (IOException failure) {
            if (folder != null) {
                delete(folder);
            }
            throw Problem.of("E_CONNECTOR_START", ProblemKind.RESOURCE, "the connector could not be started")
                    .because(failure.getMessage())
                    .fix("check that the program is installed, and that its name is right")
                    .exception(failure);
        }
    }

    private static void drain(InputStream errors, Consumer<String> log) {
        try (Lines lines = new Lines(errors, 64 << 10)) {
            while (lines.next()) {
                log.accept(new String(lines.bytes(), lines.from(), lines.length(), StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            log.accept("the error output of the connector ended: " + closed.getMessage());
        }
    }

    /** What it prints. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** What it reads. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /**
     * Waits until it has ended by itself.
     *
     * @return its exit code; null if it did not end in time
     */
    public @Nullable Integer await(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            return null;
        }
        errors.join(TimeUnit.SECONDS.toMillis(1));
        return process.exitValue();
    }

    /** Ends the run: asks all its processes to end, and kills those that do not. They have ended for each caller that returns. */
    @Override
    public void close() {
        ending.lock();
        try {
            if (!ended) {
                ended = true;
                end();
            }
        } finally {
            ending.unlock();
        }
    }

    private void end() {
        List<ProcessHandle> tree = tree();
        tree.forEach(ProcessHandle::destroy);
        program.end(run);
        if (!Processes.awaitCalmly(process, GRACE_SECONDS)) {
            process.destroyForcibly();
        }
        tree.forEach(ProcessHandle::destroyForcibly);
        tree().forEach(ProcessHandle::destroyForcibly);
        delete(folder);
    }

    private List<ProcessHandle> tree() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        ProcessHandle.allProcesses().filter(this::isMarked).forEach(all::add);
        return all.stream().distinct().filter(ProcessHandle::isAlive).toList();
    }

    /** A process that was started by another one that is gone has lost its parent and kept its environment. */
    private boolean isMarked(ProcessHandle handle) {
        Path environment = Path.of("/proc", Long.toString(handle.pid()), "environ");
        try {
            return Files.isReadable(environment)
                    && new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1)
                            .contains(MARK + "=" + run + "\0");
        } catch (IOException gone) {
            return false;
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException leftToTheSystem) {
            folder.toFile().deleteOnExit();
        }
    }
}
