package dev.sluice.server.auth;

import java.util.UUID;

/**
 * Somebody who works here.
 *
 * @param id its identity
 * @param email what they log in with
 * @param name how they are called
 * @param active false if they may not log in
 */
public record Account(UUID id, String email, String name, boolean active) {}
