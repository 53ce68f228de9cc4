package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.state.RejectFilter;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Units;
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
            long count = store.rejectGroups(filter).stream()
                    .mapToLong(group -> group.count().records())
                    .sum();
            String what = Units.count(count, "rejected record", "rejected records");
            if (!Confirmation.given(session, "Forget " + what + " of " + remembered.name() + "?", yes)) {
                return Confirmation.refused();
            }
            store.forgetRejects(filter);
            String done = what + (count == 1 ? " is forgotten" : " are forgotten");
            return Report.of(done, List.of(Line.of(done)), Map.of("records", count));
        });
    }
}
