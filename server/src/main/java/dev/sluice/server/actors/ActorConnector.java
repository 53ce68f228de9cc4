package dev.sluice.server.actors;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The connector of a source or destination.
 *
 * @param definitionId its definition
 * @param pinnedNumber the version that it stays at; null for the default one
 */
public record ActorConnector(UUID definitionId, @Nullable Long pinnedNumber) {}
