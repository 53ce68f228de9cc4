package dev.sluice.server.api.open;

import dev.sluice.server.definitions.ProgramSpecs;
import dev.sluice.server.net.GuardedFetch;
import org.jspecify.annotations.Nullable;

/**
 * Whom requests have asked outside of the server.
 *
 * @param programs connectors that are programs
 * @param web what lies at an address that somebody gives
 * @param address where people reach this server, if the operator says it; null for where they call it
 */
public record Outside(
        ProgramSpecs programs, GuardedFetch web, @Nullable String address) {}
