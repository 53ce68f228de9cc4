package dev.sluice.cli;

import dev.sluice.cli.command.Program;
import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.OsSignals;
import dev.sluice.engine.plugin.ConnectorRegistry;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** The entry point: puts the program into the place that it was started in. */
public final class Main {
    /** Where Sluice is installed; its connectors are in the folder {@code plugins}. Without it: on the class path. */
    private static final String HOME = "sluice.home";

    private Main() {}

    /** Runs a command line and ends the process with its code. */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Host host = new Host(
                environment,
                Path.of("").toAbsolutePath(),
                new Host.Streams(System.in, stream(FileDescriptor.out), stream(FileDescriptor.err)),
                Terminal.detect(environment),
                Main::connectors,
                Clock.systemUTC(),
                new OsSignals());
        int code = Program.run(host, arguments);
        host.streams().out().flush();
        host.streams().err().flush();
        System.exit(code);
    }

    /** UTF-8 whatever the locale says: names and values from data would be lost otherwise. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 8192), false, StandardCharsets.UTF_8);
    }

    private static ConnectorRegistry connectors() {
        String home = System.getProperty(HOME);
        return home == null
                ? ConnectorRegistry.ofClassPath(Main.class.getClassLoader())
                : ConnectorRegistry.ofDirectory(Path.of(home).resolve("plugins"));
    }
}
