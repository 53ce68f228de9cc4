package dev.sluice.cli.command;

import dev.sluice.cli.session.Session;
import dev.sluice.engine.serve.ServerProgram;
import dev.sluice.engine.serve.ServerWish;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server keeps what it knows. */
final class ServerPlace {
    /** The address of a store in PostgreSQL. It may hold a password, and arguments can be seen by others. */
    private static final String STORE = "SLUICE_STORE";

    @Option(names = "--data", paramLabel = "DIR", description = "Where it keeps its data; default: ~/.sluice.")
    private @Nullable Path data;

    @Option(names = "--store", paramLabel = "URL", description = "PostgreSQL for its store, without a password.")
    private @Nullable String store;

    /** The server of this installation. */
    static ServerProgram program() {
        return ServiceLoader.load(ServerProgram.class)
                .findFirst()
                .orElseThrow(
                        () -> Problem.of("E_SERVER_MISSING", ProblemKind.RESOURCE, "this installation has no server")
                                .because("lib/server is not on the class path")
                                .fix("start it by bin/sluice, or install Sluice again")
                                .exception());
    }

    /**
     * What the server is told.
     *
     * @param environment the variables that it may read
     */
    ServerWish wish(Session session, String address, int port, Map<String, String> environment) {
        String named = store == null ? environment.get(STORE) : withoutPassword(store);
        if (named != null) {
            session.learnPassword(named);
        }
        Path directory = data == null
                ? Path.of(System.getProperty("user.home"), ".sluice")
                : session.host().directory().resolve(data);
        return new ServerWish(directory.normalize(), named, address, port, environment);
    }

    /** What it is told when it shall not listen. */
    ServerWish wish(Session session) {
        return wish(session, "", 0, session.variables());
    }

    private static String withoutPassword(String url) {
        if (!Session.withoutPassword(url).equals(url)) {
            throw CliCommand.usage(
                    "an argument with a password can be seen by everybody on this machine",
                    "put the whole address into the variable " + STORE + ", or into a file for --env-file");
        }
        return url;
    }
}
