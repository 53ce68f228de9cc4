package dev.sluice.server.workspaces;

import dev.sluice.server.store.Life;
import java.util.UUID;

/**
 * Whoever has workspaces.
 *
 * @param id its identity
 * @param name its name
 * @param email where it is reached
 * @param life its age
 */
public record Organization(UUID id, String name, String email, Life life) {}
