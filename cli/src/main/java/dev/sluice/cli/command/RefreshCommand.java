package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Refreshing;
import dev.sluice.cli.session.Session;
import dev.sluice.engine.state.Refresh;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads streams once more from the beginning. */
@Command(
        name = "refresh",
        header = "Read streams once more from the beginning.",
        customSynopsis = "sluice refresh [FILE] [CONNECTION] --stream NAME|--all [OPTIONS]",
        description = {
            "  sluice refresh shop.yaml --stream public.orders                  replace the table by a new copy",
            "  sluice refresh shop.yaml --stream public.orders --keep-history   keep the rows that are there",
            "  sluice refresh shop.yaml orders-to-lake --all --yes"
        })
final class RefreshCommand extends CliCommand {
    @Mixin
    private OneConnection connection = new OneConnection();

    @Mixin
    private StreamChoice streams = new StreamChoice();

    @Mixin
    private RunFlags flags = new RunFlags();

    @Option(
            names = "--keep-history",
            description = "Rows that are there stay: merged by key, or doubled where rows are appended.")
    private boolean keepHistory;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    RefreshCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        List<String> names = streams.names();
        ConnectionWish wish = connection.wish(session);
        String question = "Copy " + streams.words() + " of " + wish.connection().name()
                + " anew? Rows that the source no longer sends are gone once the copy is complete.";
        if (!keepHistory && !Confirmation.given(session, question, yes)) {
            return Confirmation.refused();
        }
        Refreshing refreshing = new Refreshing(keepHistory ? Refresh.MERGE : Refresh.TRUNCATE);
        // What was interrupted is gone on with by a sync; another refresh would begin once more.
        return new Runs(session).run(List.of(wish), flags.wish(names, false), connection.sync(wish), refreshing);
    }
}
