package dev.sluice.cli.command;

import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.RunShape;
import dev.sluice.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The two addresses of a connection without a project file. */
final class Ends {
    @Option(names = "--from", paramLabel = "URI", description = "Where the data is: a file, a glob, postgres://...")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "URI", description = "Where it goes: duckdb:///shop.db, out.parquet, ...")
    private @Nullable String to;

    /** True if an address was given. */
    boolean isGiven() {
        return from != null || to != null;
    }

    ConnectionWish wish(Session session, RunShape shape) {
        if (from == null || to == null) {
            throw CliCommand.usage(
                    (from == null ? "--from" : "--to") + " is missing",
                    "write for example `sluice run --from orders.csv --to duckdb:///shop.db`");
        }
        return session.wish(from, to, shape);
    }
}
