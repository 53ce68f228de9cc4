package dev.sluice.server.runs;

import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.jobs.RunningJob;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a job of a connection is about.
 *
 * @param connection the connection
 * @param streams with the keys of their mappers in the clear
 * @param keys these keys
 */
record Subject(Connection connection, List<ConnectionStream> streams, Set<String> keys) {
    @Override
    public String toString() {
        return "connection " + connection.id();
    }

    /** What keeps its secrets out of whatever the job tells; its log uses it from now on. */
    Redactor redactor(RunningJob job, Side<?>... sides) {
        Redactor redactor = redactor(sides);
        job.log().redact(redactor::redact);
        return redactor;
    }

    /** What keeps its secrets out of an answer. */
    Redactor redactor(Side<?>... sides) {
        Set<String> secrets = new LinkedHashSet<>(keys);
        for (Side<?> side : sides) {
            secrets.addAll(side.secrets());
        }
        return Redactor.of(secrets);
    }
}
