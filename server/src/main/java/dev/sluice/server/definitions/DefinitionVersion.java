package dev.sluice.server.definitions;

import dev.sluice.server.store.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a connector.
 *
 * @param definitionId the connector
 * @param number its place among the versions, from 1
 * @param label how it is called: the tag of an image, the version of a package
 * @param reference what to run
 * @param spec what it wants to be configured with; null until it was asked
 * @param supportState whether it should still be used
 * @param createdAt when it became known here
 */
public record DefinitionVersion(
        UUID definitionId,
        long number,
        String label,
        Json reference,
        @Nullable Json spec,
        SupportState supportState,
        Instant createdAt) {}
