package dev.sluice.connector.sqlite;

import dev.sluice.airbyte.serve.AirbyteServer;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.ConnectorServer;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A program that speaks the Airbyte protocol, as whoever launches programs sees it: a script of the shell, which hands its arguments and
 * its pipes over to this process, where a connector is served. A virtual machine for each of the hundreds of runs of a contract
 * would take minutes.
 */
final class ServedProgram implements AutoCloseable {
    private static final String SCRIPT = """
        mkfifo out
        printf '%s\\n' "$@" > arguments
        if [ "$1" = write ]; then
            mkfifo in
            exec 4<&0
            cat <&4 > in &
        fi
        printf '%s\\n' "$PWD" > CALLS
        cat out
        read -r code < code
        exit "$code"
        """;

    private final Connector connector;
    private final Path script;

    /** Open for both, so that it never comes to an end. */
    private final RandomAccessFile calls;

    private volatile boolean closed;

    /** Begins to wait for runs. */
    ServedProgram(Path folder, Connector connector) {
        this.connector = connector;
        try {
            Path pipe = folder.resolve("calls");
            int code = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("mkfifo ended with " + code);
            }
            script = Files.writeString(folder.resolve("served.sh"), SCRIPT.replace("CALLS", pipe.toString()));
            calls = new RandomAccessFile(pipe.toFile(), "rw");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        Thread.ofPlatform().daemon().name("served program").start(this::listen);
    }

    /** What has to be started, with its first arguments. */
    List<String> command() {
        return List.of("/bin/sh", script.toString());
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(calls.getChannel()), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (!closed && line != null) {
                Path folder = Path.of(line);
                // Pipes are opened, which holds up a thread as a whole.
                Thread.ofPlatform().daemon().start(() -> run(folder));
                line = lines.readLine();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void run(Path folder) {
        try (OutputStream out = Files.newOutputStream(folder.resolve("out"))) {
            int code = serve(folder, out);
            Files.writeString(folder.resolve("code"), code + "\n");
        } catch (IOException | ProblemException ended) {
            // The script was killed, and its folder is gone.
            return;
        }
    }

    private int serve(Path folder, OutputStream out) throws IOException {
        List<String> arguments = Files.readAllLines(folder.resolve("arguments"));
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 1; i + 1 < arguments.size(); i += 2) {
            files.put(arguments.get(i), Files.readString(folder.resolve(arguments.get(i + 1))));
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        Json.readObject(files.getOrDefault("--config", "{}")).forEach(config::put);
        String command = Objects.requireNonNull(arguments.getFirst());
        ConnectorServer.Request request =
                new ConnectorServer.Request(command, Config.of(config), files.get("--catalog"), files.get("--state"));
        try (InputStream in =
                command.equals("write") ? Files.newInputStream(folder.resolve("in")) : InputStream.nullInputStream()) {
            return new AirbyteServer()
                    .serve(connector, request, new ConnectorServer.Exchange(in, out, Clock.systemUTC()));
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            calls.write('\n'); // wakes who listens
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
