package dev.sluice.server.api.access;

import dev.sluice.server.auth.oidc.OidcLogin;
import org.jspecify.annotations.Nullable;

/**
 * How people sign in, beside their passwords.
 *
 * @param oidc the provider that signs them in; null for none
 * @param publicUrl the address at which they reach the server; null if it is the one that their browser asks for
 */
public record SignIn(@Nullable OidcLogin oidc, @Nullable String publicUrl) implements AutoCloseable {
    /** By passwords alone. */
    public static final SignIn PASSWORDS = new SignIn(null, null);

    @Override
    public void close() {
        if (oidc != null) {
            oidc.close();
        }
    }
}
