/** Signing in by somebody else who knows the people: OpenID Connect, with an authorisation code and PKCE. */
@NullMarked
package dev.sluice.server.auth.oidc;

import org.jspecify.annotations.NullMarked;
