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
    private static final int MOST_NAMED = 10;

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
            steps.add(cascades(session));
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

    /** Tables that can be read only whole are no failure: nobody may want more of them. */
    private static Step cascades(MySession session) {
        String name = "foreign keys that change rows";
        String rules = " IN ('CASCADE', 'SET NULL', 'SET DEFAULT')";
        List<String> tables = session
                .query("SELECT DISTINCT CONCAT(CONSTRAINT_SCHEMA, '.', TABLE_NAME)"
                        + " FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE DELETE_RULE" + rules
                        + " OR UPDATE_RULE" + rules + " ORDER BY 1 LIMIT " + (MOST_NAMED + 1))
                .stream()
                .map(row -> row.requireText(0))
                .toList();
        String named = String.join(", ", tables.subList(0, Math.min(tables.size(), MOST_NAMED)));
        return Step.ok(
                name,
                tables.isEmpty()
                        ? "none"
                        : "the log does not tell what they do, so these tables can only be read whole: " + named
                                + (tables.size() > MOST_NAMED ? ", ..." : ""));
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
