package dev.sluice.server.api.open;

import dev.sluice.server.definitions.ProgramSpecs;
import dev.sluice.server.net.GuardedFetch;

/**
 * Whom requests have asked outside of the server.
 *
 * @param programs connectors that are programs
 * @param web what lies at an address that somebody gives
 */
public record Outside(ProgramSpecs programs, GuardedFetch web) {}
