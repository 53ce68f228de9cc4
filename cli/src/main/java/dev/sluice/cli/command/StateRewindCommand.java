package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.state.StreamState;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets streams be copied from the beginning. */
@Command(
        name = "rewind",
        header = "Forget how far streams have come, so that they are copied from the beginning.",
        customSynopsis = "sluice state rewind [FILE] [CONNECTION] --stream NAME|--all [OPTIONS]",
        description = {
            "  sluice state rewind shop.yaml --stream public.orders",
            "  sluice state rewind shop.yaml orders-to-lake --all --yes"
        })
final class StateRewindCommand extends CliCommand {
    @Mixin
    private Choice choice = new Choice();

    @Option(names = "--stream", paramLabel = "NAME", split = ",", description = "These streams.")
    private List<String> streams = List.of();

    @Option(names = "--all", description = "All streams of the connection.")
    private boolean all;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    StateRewindCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        if (streams.isEmpty() != all) {
            throw usage("say which streams to rewind", "name them with --stream, or take --all");
        }
        Choice.Remembered remembered = choice.rememberedOne(session);
        StateEdit edit = new StateEdit(session, remembered);
        return edit.locked(store -> {
            List<StreamState> states = store.streams();
            List<StreamState> chosen = all
                    ? states
                    : streams.stream()
                            .map(name -> StateEdit.named(states, name))
                            .toList();
            chosen.forEach(state -> session.console()
                    .message(
                            Verbosity.NORMAL,
                            Line.of(Style.NAME, state.stream().toString()).plus(": " + StateEdit.effect(state))));
            String what = Units.count(chosen.size(), "stream", "streams");
            if (!Confirmation.given(session, "Rewind " + what + " of " + remembered.name() + "?", yes)) {
                return Confirmation.refused();
            }
            chosen.forEach(state -> store.save(state.edited(null)));
            String done = what + (chosen.size() == 1 ? " was rewound" : " were rewound");
            List<String> names =
                    chosen.stream().map(state -> state.stream().toString()).toList();
            return Report.of(done, List.of(Line.of(done)), Map.of("rewound", names));
        });
    }
}
