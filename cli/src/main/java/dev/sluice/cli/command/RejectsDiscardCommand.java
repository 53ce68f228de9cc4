package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.state.RejectFilter;
import dev.sluice.cli.state.SqliteStateStore;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Forgets rejected records that somebody has looked at. */
@Command(
        name = "discard",
        header = "Forget rejected records.",
        customSynopsis = "sluice rejects discard [FILE] [CONNECTION] --stream NAME|--all [OPTIONS]",
        description = {
            "  sluice rejects discard shop.yaml --id 17,18",
            "  sluice rejects discard shop.yaml --stream orders --code TOO_MANY_FIELDS",
            "  sluice rejects discard shop.yaml --all --yes"
        })
final class RejectsDiscardCommand extends CliCommand {
    @Mixin
    private Choice choice = new Choice();

    @Mixin
    private RejectChoice rejects = new RejectChoice();

    @Option(names = "--all", description = "All of the connection.")
    private boolean all;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    RejectsDiscardCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        if (rejects.isEmpty() != all) {
            throw usage("say which records to forget", "name them with --stream, --run, --code or --id, or take --all");
        }
        Choice.Remembered remembered = choice.rememberedOne(session);
        RejectFilter filter = rejects.filter(all);
        return new StateEdit(session, remembered).locked(store -> {
            long count = records(store, filter);
            String what = Units.count(count, "rejected record", "rejected records");
            if (!Confirmation.given(session, "Forget " + what + " of " + remembered.name() + "?", yes)) {
                return Confirmation.refused();
            }
            store.forgetRejects(filter);
            long left = records(store, filter);
            long gone = count - left;
            String done = Units.count(gone, "rejected record is", "rejected records are") + " forgotten";
            List<Line> lines = new ArrayList<>(List.of(Line.of(done)));
            if (left > 0) {
                lines.add(Line.of(Units.count(left, "record stays", "records stay")
                        + ": an interrupted read still needs to know of them; finish it with `sluice sync` first"));
            }
            return Report.of(done, lines, Map.of("records", gone, "records_left", left));
        });
    }

    private static long records(SqliteStateStore store, RejectFilter filter) {
        return store.rejectGroups(filter).stream()
                .mapToLong(group -> group.count().records())
                .sum();
    }
}
