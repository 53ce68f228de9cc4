package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Interrupts;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.engine.serve.RunningServer;
import dev.sluice.engine.serve.ServerProgram;
import dev.sluice.engine.serve.ServerWish;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a server until somebody ends it. */
@Command(
        name = "server",
        header = "Run a server: connections that run when they are due, and an API for programs.",
        customSynopsis = "sluice server [--data DIR] [--host ADDRESS] [--port N] [OPTIONS]",
        description = {
            "  sluice server                                listens on http://127.0.0.1:8000",
            "  sluice server --data /srv/sluice --port 8001",
            "  SLUICE_STORE=postgresql://sluice:secret@db/sluice sluice server"
        },
        footer = {
            "",
            "What is set up is kept in a SQLite database in the data directory, or in the PostgreSQL database",
            "that SLUICE_STORE names, which several servers may share. Ctrl+C ends it in good order."
        })
final class ServerCommand extends CliCommand {
    private static final int MOST = 0xFFFF;

    @Mixin
    private ServerPlace place = new ServerPlace();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen at; default: 127.0.0.1.")
    private String address = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", description = "The port to listen at; default: 8000; 0: a free one.")
    private int port = 8000;

    @Option(names = "--login", description = "People have to log in; always so beyond 127.0.0.1.")
    private boolean login;

    @Option(names = "--basic", description = "Also take passwords with each request, as older clients send them.")
    private boolean basic;

    @Option(names = "--behind-proxy", description = "All requests come through a proxy, which says from whom.")
    private boolean behindProxy;

    @Option(
            names = "--admin-email",
            paramLabel = "EMAIL",
            description = "The first account, where there is none; its password is in SLUICE_ADMIN_PASSWORD.")
    private @Nullable String adminEmail;

    ServerCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        ServerWish wish = wish(session);
        ServerProgram program = ServerPlace.program();
        StopSignal stop = new StopSignal();
        try (Interrupts interrupts = Interrupts.watch(stop, session.console(), host().signals());
                RunningServer server = program.start(wish, session.connectors(), host().clock())) {
            say(session, Line.of(Style.GOOD, "Sluice listens on ").plus(Style.BOLD, server.address()));
            server.firstLogin().ifPresent(token -> {
                say(session, Line.of("Nobody can log in yet. The first account is made with this token, which is"));
                say(session, Line.of("good once and until the server ends:").plus(Style.BOLD, " " + token));
            });
            say(session, Line.of(Style.DIM, "store: " + server.place() + "; Ctrl+C ends it"));
            stop.await();
            return Report.of(
                            "the server has ended",
                            List.of(),
                            Map.of("address", server.address(), "store", server.place()))
                    .withExitCode(interrupts.exitCode());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Report.of("the server has ended", List.of(), Map.of());
        }
    }

    private ServerWish wish(Session session) {
        if (port < 0 || port > MOST) {
            throw usage("there is no port " + port, "give --port a number from 1 to " + MOST + ", or 0 for a free one");
        }
        return place.wish(session, address, port, told(session.variables()));
    }

    /** The variables of the server, with what the command line says of them. */
    private Map<String, String> told(Map<String, String> environment) {
        Map<String, String> told = new HashMap<>(environment);
        if (login) {
            told.put("SLUICE_LOGIN", "required");
        }
        if (basic) {
            told.put("SLUICE_BASIC", "true");
        }
        if (behindProxy) {
            told.put("SLUICE_BEHIND_PROXY", "true");
        }
        if (adminEmail != null) {
            told.put("SLUICE_ADMIN_EMAIL", adminEmail);
        }
        return told;
    }

    private static void say(Session session, Line line) {
        session.console().message(Verbosity.NORMAL, line);
    }
}
