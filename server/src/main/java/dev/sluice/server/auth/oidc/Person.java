package dev.sluice.server.auth.oidc;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom the provider has signed in.
 *
 * @param issuer the provider
 * @param subject how it knows them; stays when names and addresses change
 * @param email their address; null if it does not tell
 * @param emailVerified true if the provider has made sure that the address is theirs
 * @param name how they are called; null if it does not tell
 * @param groups the groups that they are in
 */
record Person(
        String issuer,
        String subject,
        @Nullable String email,
        boolean emailVerified,
        @Nullable String name,
        Set<String> groups) {
    Person {
        groups = Set.copyOf(groups);
    }
}
