package dev.sluice.server.auth;

import java.util.UUID;

/**
 * A role that an account has.
 *
 * @param id its identity
 * @param accountId who has it
 * @param grant which role, and where
 */
public record Permission(UUID id, UUID accountId, Grant grant) {}
