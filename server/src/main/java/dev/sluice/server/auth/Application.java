package dev.sluice.server.auth;

import java.time.Instant;
import java.util.UUID;

/**
 * A program that acts for an account.
 *
 * @param id its identity
 * @param accountId for whom it acts
 * @param name how it is called
 * @param clientId what it logs in with, beside its secret
 * @param hint the end of its secret, so that people know which one it is
 * @param createdAt when it was made
 */
public record Application(UUID id, UUID accountId, String name, String clientId, String hint, Instant createdAt) {}
