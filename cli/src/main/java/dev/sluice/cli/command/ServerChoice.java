package dev.sluice.cli.command;

import dev.sluice.cli.remote.ServerClient;
import dev.sluice.cli.session.Session;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server, and which workspace of it. */
final class ServerChoice {
    private static final String USUAL = "http://127.0.0.1:8000";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server; default: SLUICE_SERVER, or " + USUAL + ".")
    private @Nullable String server;

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            description = "The workspace, by name or id; default: the only one.")
    private @Nullable String workspace;

    /** True if the command line names a server. */
    boolean isGiven() {
        return server != null;
    }

    /** What a command line needs to mean the same again, with a blank before each. */
    String arguments() {
        return (server == null ? "" : " --server " + Session.quoted(server))
                + (workspace == null ? "" : " --workspace " + Session.quoted(workspace));
    }

    /** A client; the token that it shows is the variable SLUICE_TOKEN, since arguments can be seen by others. */
    ServerClient client(Session session) {
        String token = session.variables().get("SLUICE_TOKEN");
        if (token != null) {
            session.console().redactor().add(token);
        }
        String address = Objects.requireNonNullElse(server, session.variables().getOrDefault("SLUICE_SERVER", USUAL));
        return new ServerClient(address, token);
    }

    /** The id of the workspace. */
    String workspace(ServerClient client) {
        return client.workspace(workspace);
    }

    /** What paths about the project of the workspace begin with. */
    String projectPath(ServerClient client) {
        return "/api/sluice/v1/workspaces/" + client.workspace(workspace) + "/project";
    }
}
