package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Copies from one address to another. */
@Command(
        name = "run",
        header = "Copy data from one address to another, without a project file.",
        customSynopsis = "sluice run --from URI --to URI [OPTIONS]",
        description = {
            "  sluice run --from orders.csv --to duckdb:///shop.db",
            "  sluice run --from postgres://ann@db/shop --streams 'public.*' --to duckdb:///shop.db \\",
            "             --mode incremental --cursor updated_at",
            "  cat x.csv | sluice run --from - --to out.parquet"
        })
final class RunCommand extends CliCommand {
    @Mixin
    private Ends ends = new Ends();

    @Mixin
    private Shape shape = new Shape();

    @Mixin
    private RunFlags flags = new RunFlags();

    RunCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        ConnectionWish wish = ends.wish(session, shape.shape());
        return new Runs(session).run(List.of(wish), flags.wish(List.of(), shape.incrementalOnly()), typed());
    }
}
