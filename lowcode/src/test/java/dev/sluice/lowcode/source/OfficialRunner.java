package dev.sluice.lowcode.source;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The official low-code runner from the registry of Python, in an environment that is kept from one build to the next. One
 * process reads all cases.
 */
final class OfficialRunner implements AutoCloseable {
    private static final String VERSION = "7.39.1";
    private static final String SCRIPT = "/dev/sluice/lowcode/parity/official.py";

    private final Process process;
    private final BufferedWriter cases;
    private final BufferedReader results;

    private OfficialRunner(Process process) {
        this.process = process;
        this.cases = process.outputWriter(StandardCharsets.UTF_8);
        this.results = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it; the test is skipped where it cannot be had. */
    static OfficialRunner start(Path folder, int proxyPort, boolean installs) throws IOException, InterruptedException {
        Path python = installed(installs).resolve("bin/python");
        Path script = folder.resolve("official.py");
        try (InputStream in = Objects.requireNonNull(OfficialRunner.class.getResourceAsStream(SCRIPT))) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder builder = new ProcessBuilder(python.toString(), "-I", script.toString())
                .directory(folder.toFile())
                .redirectError(folder.resolve("official.log").toFile());
        // What real manifests ask of the internet goes to the service of the test; they ask by http.
        builder.environment()
                .putAll(Map.of(
                        "http_proxy",
                        "http://localhost:" + proxyPort,
                        "https_proxy",
                        "http://localhost:" + proxyPort,
                        "no_proxy",
                        "localhost",
                        "DO_NOT_TRACK",
                        "1"));
        return new OfficialRunner(builder.start());
    }

    private static Path installed(boolean installs) throws IOException, InterruptedException {
        String told = System.getenv("XDG_CACHE_HOME");
        Path caches =
                told == null || told.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(told);
        Path store = Files.createDirectories(caches.resolve("sluice/connectors/packages/pypi"));
        Path folder = store.resolve("airbyte-cdk-" + VERSION);
        Path mark = folder.resolve("installed");
        try (FileChannel channel = FileChannel.open(
                        store.resolve(folder.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Assumptions.assumeTrue(
                    installs || Files.exists(mark),
                    "the official runner is not installed; -Dsluice.parity=full installs it");
            if (lock.isValid() && !Files.exists(mark)) {
                boolean done = ran("python3", "-m", "venv", "--clear", folder.toString())
                        && ran(
                                folder.resolve("bin/python").toString(),
                                "-m",
                                "pip",
                                "install",
                                "--disable-pip-version-check",
                                "--no-input",
                                "--no-cache-dir",
                                "airbyte-cdk==" + VERSION);
                Assumptions.assumeTrue(done, "Python or its registry cannot be reached from here");
                Files.createFile(mark);
            }
        }
        return folder;
    }

    private static boolean ran(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** What it makes of a case. */
    Map<Object, Object> read(Map<Object, Object> one) {
        try {
            cases.write(JsonValues.write(one));
            cases.newLine();
            cases.flush();
            String line = results.readLine();
            if (line == null) {
                throw new AssertionError("the official runner has ended");
            }
            return Values.mapOrEmpty(JsonValues.read(line));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The members of a list of its result. */
    static List<Object> list(Map<Object, Object> result, String name) {
        return result.get(name) instanceof List<?> list ? Values.asList(list) : List.of();
    }

    @Override
    public void close() throws IOException {
        cases.close();
        process.destroy();
    }
}
