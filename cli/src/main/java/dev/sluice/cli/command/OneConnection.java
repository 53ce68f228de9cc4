package dev.sluice.cli.command;

import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Session;
import picocli.CommandLine.Mixin;

/** One connection, of a project file or between two addresses, for commands that do something to it. */
final class OneConnection {
    @Mixin
    private Choice choice = new Choice();

    @Mixin
    private Shape shape = new Shape();

    /** The connection; a file with several needs a name. */
    ConnectionWish wish(Session session) {
        return choice.wishOne(session, shape.shape());
    }

    /** The command line that runs it. */
    String sync(ConnectionWish wish) {
        return (choice.hasAddresses() ? "sluice run " : "sluice sync ") + wish.arguments();
    }
}
