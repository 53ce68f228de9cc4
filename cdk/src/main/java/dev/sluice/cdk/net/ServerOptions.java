package dev.sluice.cdk.net;

import dev.sluice.cdk.config.Option;

/** The options by which one names a server. Names are those of Airbyte. */
public final class ServerOptions {
    /** The host. */
    public static final Option<String> HOST = Option.text("host", "Host")
            .describedAs("Name or address of the server.")
            .required()
            .examples("db.example.com");

    private ServerOptions() {}

    /** The port, with the one that such servers usually have. */
    public static Option<Long> port(long usual) {
        return Option.whole("port", "Port", 1, 65_535).defaultsTo(usual);
    }
}
