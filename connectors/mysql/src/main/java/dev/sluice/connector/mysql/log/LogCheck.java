package dev.sluice.connector.mysql.log;

import dev.sluice.connector.mysql.session.MyConnections;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.CheckReport.Step;
import java.util.ArrayList;
import java.util.List;

/** Tries whether the log can be read, and says of each thing that lacks what mends it. Changes nothing. */
public final class LogCheck {
    private static final long SECONDS_A_DAY = 86_400;
    private static final long USUAL_DAYS = 3;

    private final MyConnections connections;

    /** Prepares the check. */
    public LogCheck(MyConnections connections) {
        this.connections = connections;
    }

    /** Runs it. */
    public List<Step> run(MySession session) {
        List<Step> steps = new ArrayList<>();
        LogServer server = LogServer.of(session);
        List<Problem> problems = server.problems(session.place());
        problems.forEach(problem -> steps.add(Step.failed("the log", problem)));
        if (problems.isEmpty()) {
            steps.add(Step.ok("the log", "binlog_format = ROW"));
            steps.add(rights(session));
            steps.add(kept(server));
        }
        return steps;
    }

    private Step rights(MySession session) {
        String name = "the right to read the log";
        try {
            LogPlace end = LogServer.End.of(session).place();
            LogServer.files(session);
            LogServer.made(connections, end.file());
            return Step.ok(name, "it is at " + end.text());
        } catch (ProblemException refused) {
            return Step.failed(name, refused.problem());
        }
    }

    private static Step kept(LogServer server) {
        long days = server.keptSeconds() / SECONDS_A_DAY;
        String name = "how long the server keeps its log";
        if (server.keptSeconds() == 0) {
            return Step.ok(name, "until somebody deletes it");
        }
        return Step.ok(
                name,
                days + " days"
                        + (days < USUAL_DAYS
                                ? "; a connection that does not run for so long has to copy its streams again, so set"
                                        + " binlog_expire_logs_seconds higher"
                                : ""));
    }
}
