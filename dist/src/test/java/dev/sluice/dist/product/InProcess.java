package dev.sluice.dist.product;

import dev.sluice.cli.command.Program;
import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Signals;
import dev.sluice.engine.plugin.ConnectorRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Runs commands in this process, with the connectors of the assembled product: for tests that run very many of them. */
public final class InProcess {
    /** Loaded once: classes that are warm run several times as fast as new ones. */
    private static final class Loaded {
        static final ConnectorRegistry CONNECTORS =
                ConnectorRegistry.ofDirectoryForGood(Sluice.product().resolve("plugins"));
    }

    private InProcess() {}

    /** Runs a command in a folder; it has to succeed. Gives back what it printed. */
    public static String run(Path folder, String... arguments) {
        return run(0, folder, arguments);
    }

    /** Runs a command that has to end with this exit code. */
    public static String run(int expected, Path folder, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Host host = new Host(
                Map.of(),
                folder,
                new Host.Streams(new ByteArrayInputStream(new byte[0]), print(out), print(err)),
                Terminal.none(true),
                () -> Loaded.CONNECTORS,
                Clock.systemUTC(),
                Signals.NONE);
        int code = Program.run(host, arguments);
        if (code != expected) {
            throw new AssertionError(String.join(" ", arguments) + " ended with " + code + "\n"
                    + out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
