package dev.sluice.connector.mysql.session;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Tries whether a server can be reached and is new enough, and then what a source or destination needs of it. */
public final class ConnectionCheck {
    private ConnectionCheck() {}

    /**
     * The steps of a check.
     *
     * @param name what is tried once there is a connection
     * @param rest tries it
     */
    public static CheckReport run(MyConnections connections, String name, Function<MySession, List<Step>> rest) {
        List<Step> steps = new ArrayList<>();
        try (MySession session = connections.open()) {
            ServerVersion version = session.version();
            steps.add(Step.ok("connect", version.product() + " at " + connections.place()));
            if (version.isSupported()) {
                steps.addAll(rest.apply(session));
            } else {
                steps.add(Step.failed("version", version.tooOld(connections.place())));
            }
        } catch (ProblemException failure) {
            steps.add(Step.failed(steps.isEmpty() ? "connect" : name, failure.problem()));
        }
        return new CheckReport(steps);
    }
}
