package dev.sluice.testkit.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code pg_ctl}. PostgreSQL refuses to run as root, so root runs it in a user namespace in which it is nobody. */
final class PostgresCommand {
    private static final int LIMIT_SECONDS = 120;

    private final Path programs;
    private final Path data;
    private final Path log;

    PostgresCommand(Path programs, Path data, Path log) {
        this.programs = programs;
        this.data = data;
        this.log = log;
    }

    /** Fails early and clearly where the server itself would fail obscurely. */
    static void requireUsableUser() {
        if (isRoot() && exitCode(new ProcessBuilder("unshare", "-U", "id", "-un")) != 0) {
            throw new IllegalStateException(
                    "PostgreSQL refuses to run as root, and `unshare -U` is not allowed here: run"
                            + " the tests as another user, or allow user namespaces (sysctl user.max_user_namespaces)");
        }
    }

    void run(String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(programs.resolve("pg_ctl").toString(), "-D", data.toString(), "-w", "-t", "60"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (exitCode(builder) != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed:\n" + log());
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int exitCode(ProcessBuilder builder) {
        try {
            Process process = builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException notStarted) {
            return -1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a program ran", stopped);
        }
    }
}
