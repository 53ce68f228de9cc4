package dev.sluice.server.runs;

import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Store;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Looks up what jobs are about. */
final class Subjects {
    private final Store store;
    private final Sides sides;
    private final Connections connections;

    Subjects(Store store, Sides sides, Clock clock) {
        this.store = store;
        this.sides = sides;
        connections = new Connections(clock);
    }

    Subject of(RunningJob job) {
        return of(Objects.requireNonNull(job.job().wish().connectionId()));
    }

    Subject of(UUID id) {
        return store.read(transaction -> {
            Connection connection = connections
                    .find(transaction, id)
                    .filter(there -> there.life().isThere())
                    .orElseThrow(() -> Problem.of(
                                    "E_CONNECTION_GONE", ProblemKind.CONFIG, "there is no such connection any more")
                            .at("connection " + id)
                            .exception());
            List<ConnectionStream> kept = connections.streams(transaction, id);
            List<ConnectionStream> told = sides.streams(transaction, connection, kept);
            Set<String> keys = new LinkedHashSet<>();
            for (int i = 0; i < kept.size(); i++) {
                keys.addAll(Redactor.secrets(
                        kept.get(i).settings(),
                        Config.of(JsonText.object(told.get(i).settings().text()))));
            }
            return new Subject(connection, told, keys);
        });
    }
}
