package dev.sluice.server.actors;

import dev.sluice.server.definitions.ConnectorSpec;
import dev.sluice.server.store.Json;

/** A configuration that fits its connector; {@link ActorConfigurations#require} makes them. */
public final class CheckedConfiguration {
    private final ConnectorSpec spec;
    private final Json content;

    CheckedConfiguration(ConnectorSpec spec, Json content) {
        this.spec = spec;
        this.content = content;
    }

    ConnectorSpec spec() {
        return spec;
    }

    Json content() {
        return content;
    }
}
