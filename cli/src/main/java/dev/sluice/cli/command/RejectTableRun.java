package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.project.ConnectionEntry;
import dev.sluice.cli.project.EndpointEntry;
import dev.sluice.cli.project.Project;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Patience;
import dev.sluice.cli.session.RejectLedger;
import dev.sluice.cli.session.RunWish;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.session.Side;
import dev.sluice.cli.session.Tolerance;
import dev.sluice.cli.state.RejectFilter;
import dev.sluice.engine.connection.ObjectSettings;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.plan.PlannedReads;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.connector.DestinationConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings rejected records of a project into a table of a destination. */
final class RejectTableRun {
    private final Session session;
    private final Choice choice;
    private final RejectFilter filter;

    RejectTableRun(Session session, Choice choice, RejectFilter filter) {
        this.session = session;
        this.choice = choice;
        this.filter = filter;
    }

    /**
     * Does it.
     *
     * @param to the name of a destination of the project, or an address
     * @param table what the table is called
     */
    Report run(String to, String table, String typed) {
        if (choice.hasAddresses()) {
            throw CliCommand.usage(
                    "a table takes the rejected records of a project file",
                    "name the project file, or write --into FILE");
        }
        Project project = choice.project(session);
        List<RejectLedger.Subject> subjects = new ArrayList<>();
        for (ConnectionEntry entry : choice.entries(session, project)) {
            subjects.add(new RejectLedger.Subject(
                    entry.name(), session.state(project, entry), objects(session.streams(project, entry))));
        }
        EndpointEntry named = project.destinations().get(to);
        Side<DestinationConnector> side =
                named == null ? session.destinationAt(to) : session.destination(project, named);
        ConnectionWish wish = new RejectLedger(session, filter)
                .wish(subjects, side, table, session.rejectState(project, side.words() + " " + table));
        RunWish usual =
                new RunWish(null, false, List.of(), RunWish.FailOn.DEFAULT, Tolerance.ANY, Patience.USUAL, false);
        return new Runs(session).run(List.of(wish), usual, typed);
    }

    private static Function<StreamId, @Nullable String> objects(List<StreamSettings> streams) {
        return stream -> {
            ObjectSettings objects = PlannedReads.owner(streams, stream)
                    .map(settings -> settings.rows().object())
                    .orElse(null);
            return objects == null ? null : objects.object();
        };
    }
}
