package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.SchemaView;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.session.Advice;
import dev.sluice.cli.session.ChangedSchema;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.session.StreamNames;
import dev.sluice.cli.state.RunLock;
import dev.sluice.cli.state.SqliteStateStore;
import dev.sluice.cli.state.StateFile;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.plan.StreamChange;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.schema.StreamText;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Accepts what has changed in a source. */
@Command(
        name = "accept",
        header = "Accept what has changed in the source, so that the next run copies it.",
        customSynopsis = "sluice schema accept [FILE] [CONNECTION] [--stream NAME] [OPTIONS]",
        description = {
            "  sluice schema accept shop.yaml",
            "  sluice schema accept shop.yaml --stream public.orders --yes"
        })
final class SchemaAcceptCommand extends CliCommand {
    @Mixin
    private OneConnection connection = new OneConnection();

    @Mixin
    private SomeStreams streams = new SomeStreams();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    SchemaAcceptCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        ConnectionWish wish = connection.wish(session);
        try (RunLock lock = RunLock.take(wish.state().lock(), wish.connection().name())) {
            Objects.requireNonNull(lock);
            List<StreamChange> changes = ChangedSchema.look(session, wish, schema -> acceptable(schema, wish));
            if (changes.isEmpty()) {
                return Report.of("nothing has changed", List.of(Line.of("Nothing has changed.")), null);
            }
            SchemaView.lines(changes).forEach(line -> session.console().message(Verbosity.NORMAL, line));
            String what = Units.count(changes.size(), "change", "changes");
            if (!Confirmation.given(
                    session, "Accept " + what + " of " + wish.connection().name() + "?", yes)) {
                return Confirmation.refused();
            }
            save(session, wish, changes);
            String done = what + (changes.size() == 1 ? " was accepted" : " were accepted");
            return Report.of(done, List.of(Line.of(done)), Map.of("accepted", SchemaView.facts(changes)))
                    .withHints(List.of(Line.of(Style.DIM, "next: ")
                            .plus(Style.BOLD, connection.sync(wish))
                            .plus(Style.DIM, "  (copies the streams as they are now)")));
        }
    }

    /** The changes that were chosen; refuses those that acceptance alone does not help. */
    private List<StreamChange> acceptable(ChangedSchema schema, ConnectionWish wish) {
        List<StreamChange> chosen = schema.plan().changes().stream()
                .filter(change -> StreamNames.of(streams.names()).test(change.stream()))
                .toList();
        List<CatalogStream> now = new ArrayList<>();
        for (StreamChange change : chosen) {
            if (change.now() != null) {
                now.add(StreamText.normal(change.now()));
            }
        }
        SyncPlan after = schema.asAccepted().with(schema.memory().accepting(now));
        for (Problem problem : after.problems()) {
            boolean isNew = !schema.plan().problems().contains(problem);
            if (isNew) {
                throw Advice.complete(problem, wish).exception();
            }
        }
        return chosen;
    }

    private static void save(Session session, ConnectionWish wish, List<StreamChange> changes) {
        try (StateFile file =
                StateFile.open(wish.state().database(), session.host().clock())) {
            SqliteStateStore store = file.connection(wish.state().key());
            for (StreamChange change : changes) {
                if (change.now() == null) {
                    store.forgetKnown(change.stream());
                } else {
                    store.saveKnown(StreamText.normal(change.now()));
                }
            }
        }
    }
}
