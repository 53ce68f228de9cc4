package dev.sluice.cli.torture;

import dev.sluice.spi.runtime.Cut;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The product as child processes on the same virtual machine, with the same options, as this process. */
public final class Children implements Product {
    private static final String MAIN = "dev.sluice.cli.Main";
    private static final int NEVER_ENDED = -1;

    private final Path directory;
    private final Duration patience;
    private final Function<Play, List<String>> arguments;

    /**
     * Children.
     *
     * @param directory their working directory
     * @param patience how long a child may take before it is ended
     * @param arguments the command line of a run
     */
    public Children(Path directory, Duration patience, Function<Play, List<String>> arguments) {
        this.directory = directory;
        this.patience = patience;
        this.arguments = arguments;
    }

    @Override
    public Played run(Play play) {
        try {
            Path passed = passed(play);
            Process process = builder(play)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            return played(process, passed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public Held hold(Play play) {
        try {
            Path passed = passed(play);
            Process process = builder(play).start();
            BufferedReader words =
                    new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
            boolean held = copyUntilHeld(words, log(play));
            Thread rest = Thread.ofPlatform().daemon(true).name("sluice words").start(() -> copyRest(words, log(play)));
            return new Held() {
                @Override
                public boolean isHeld() {
                    return held;
                }

                @Override
                public Played release() {
                    try {
                        process.getOutputStream().close();
                        Played played = played(process, passed);
                        rest.join(1000);
                        return played;
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                        return new Played(NEVER_ENDED, Map.of());
                    }
                }
            };
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private ProcessBuilder builder(Play play) throws IOException {
        Files.createDirectories(play.folder());
        return new ProcessBuilder(command(play))
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(play).toFile()));
    }

    private List<String> command(Play play) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-D" + Cut.PROPERTY))
                .filter(option -> !option.startsWith("-agentlib") && !option.startsWith("-XX:AOTCacheOutput"))
                .forEach(command::add);
        if (play.cut() != null) {
            command.add("-D" + Cut.PROPERTY + "=" + play.cut());
            command.add("-D" + Cut.DEED + "=" + play.deed());
        }
        command.add("-D" + Cut.PASSED + "=" + passed(play));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(MAIN);
        command.addAll(arguments.apply(play));
        return command;
    }

    private static Path log(Play play) {
        return play.folder().resolve("runs.log");
    }

    private static Path passed(Play play) {
        return play.folder().resolve("passed");
    }

    private Played played(Process process, Path passed) throws IOException {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                return new Played(NEVER_ENDED, Map.of());
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return new Played(NEVER_ENDED, Map.of());
        }
        Map<String, Integer> cuts = new LinkedHashMap<>();
        if (Files.exists(passed)) {
            for (String line : Files.readAllLines(passed)) {
                int blank = line.indexOf(' ');
                cuts.put(line.substring(0, blank), Integer.parseInt(line.substring(blank + 1)));
            }
            Files.delete(passed);
        }
        return new Played(process.exitValue(), cuts);
    }

    private static boolean copyUntilHeld(BufferedReader words, Path log) throws IOException {
        try (Writer out = appending(log)) {
            String line = words.readLine();
            while (line != null && !line.equals(Cut.HELD)) {
                out.write(line + "\n");
                line = words.readLine();
            }
            return line != null;
        }
    }

    private static void copyRest(BufferedReader words, Path log) {
        try (words;
                Writer out = appending(log)) {
            words.transferTo(out);
        } catch (IOException over) {
            // The process is gone; what it said last is lost.
        }
    }

    private static Writer appending(Path log) throws IOException {
        return Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
