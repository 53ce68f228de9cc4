package dev.sluice.server.actors;

import dev.sluice.server.store.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a source or destination is configured with.
 *
 * @param content the configuration, with references in the place of secrets
 * @param hash tells it from other configurations, secrets included, so that a catalog is known to belong to it
 * @param resources what a container of it gets; null for what all get
 */
public record ActorConfiguration(
        Json content, String hash, @Nullable Json resources) {}
