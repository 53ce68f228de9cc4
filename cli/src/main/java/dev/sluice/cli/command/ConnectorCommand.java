package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.ServedFiles;
import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.ConnectorServer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a connector of this installation to programs that speak the Airbyte protocol. Standard output holds messages only. */
@Command(
        name = "connector",
        header = "Serve a connector to orchestrators of the Airbyte protocol, or make one of your own.",
        customSynopsis = {
            "sluice connector NAME spec|check|discover|read|write [OPTIONS]",
            "       sluice connector COMMAND [OPTIONS]"
        },
        commandListHeading = "%nCommands for those who make connectors:%n",
        description = {
            "  sluice connector postgres spec",
            "  sluice connector postgres discover --config config.json",
            "  sluice connector postgres read --config config.json --catalog catalog.json --state state.json",
            "  sluice connector destination-duckdb write --config config.json --catalog catalog.json < messages.jsonl"
        })
final class ConnectorCommand implements Callable<Integer> {
    private static final String PROTOCOL = "airbyte";

    /** What stands before a name that is a source and a destination, as in the names of images. */
    private static final String SOURCE = "source-";

    private static final String DESTINATION = "destination-";

    /** What only one of the two sides can do. */
    private static final Set<String> OF_SOURCES = Set.of("discover", "read");

    private final Host host;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The connector; source-NAME or destination-NAME where it is both; or manifest:FILE.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "COMMAND",
            description = "spec, check, discover, read or write.")
    private String command = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration, as JSON.")
    private @Nullable String config;

    @Option(names = "--catalog", paramLabel = "FILE", description = "The configured catalog, for read and write.")
    private @Nullable String catalog;

    @Option(names = "--state", paramLabel = "FILE", description = "Where a read begins.")
    private @Nullable String state;

    ConnectorCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        if (name.isEmpty() || command.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "say which connector, and spec, check, discover, read or write; or "
                            + String.join(", ", spec.subcommands().keySet()) + " for one of your own");
        }
        try (ConnectorRegistry registry = host.connectors().get()) {
            Connector connector = connector(registry);
            ServedFiles files = new ServedFiles(host.directory());
            ConnectorServer.Request request = new ConnectorServer.Request(
                    command, files.config(config, connector), files.text(catalog), files.text(state));
            OutputStream out = new Checked(host.streams().out());
            return registry.server(PROTOCOL)
                    .serve(
                            connector,
                            request,
                            new ConnectorServer.Exchange(host.streams().in(), out, host.clock()));
        } catch (ProblemException failure) {
            Problem problem = failure.problem();
            host.streams()
                    .err()
                    .println(problem.code() + ": " + problem.message()
                            + (problem.where() == null ? "" : " (" + problem.where() + ")")
                            + (problem.why() == null ? "" : ": " + problem.why())
                            + (problem.fix() == null ? "" : "; " + problem.fix()));
            return ExitCode.FAILED;
        }
    }

    private Connector connector(ConnectorRegistry registry) {
        if (name.startsWith("manifest:")) {
            return ServedFiles.manifest(
                    name.substring("manifest:".length()),
                    host.directory(),
                    host.streams().err()::println);
        }
        if (name.startsWith(SOURCE)) {
            return registry.source(name.substring(SOURCE.length()));
        }
        if (name.startsWith(DESTINATION)) {
            return registry.destination(name.substring(DESTINATION.length()));
        }
        if (command.equals("write")) {
            return registry.destination(name);
        }
        try {
            return registry.source(name);
        } catch (ProblemException noSource) {
            if (OF_SOURCES.contains(command)) {
                throw noSource;
            }
            try {
                return registry.destination(name);
            } catch (ProblemException neither) {
                throw noSource;
            }
        }
    }

    /** Tells when nobody reads any more, which a print stream keeps to itself. */
    private static final class Checked extends FilterOutputStream {
        private final PrintStream print;

        Checked(PrintStream print) {
            super(print);
            this.print = print;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            print.write(bytes, from, length);
            check();
        }

        @Override
        public void flush() throws IOException {
            check();
        }

        /** Flushes as well. */
        private void check() throws IOException {
            if (print.checkError()) {
                throw new IOException("the pipe is closed");
            }
        }
    }
}
