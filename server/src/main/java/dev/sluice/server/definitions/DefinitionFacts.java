package dev.sluice.server.definitions;

import dev.sluice.server.store.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a definition says of its connector, whatever the version.
 *
 * @param origin where its program comes from
 * @param supportLevel who looks after it
 * @param documentationUrl where it is described; null if nowhere
 * @param iconUrl its picture; null if it has none
 * @param details what else a catalogue shows: release stage, capabilities, allowed hosts, breaking changes
 */
public record DefinitionFacts(
        Origin origin,
        SupportLevel supportLevel,
        @Nullable String documentationUrl,
        @Nullable String iconUrl,
        Json details) {}
