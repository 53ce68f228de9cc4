/** Consent of people at the services that sources read from: where they are sent, and what is exchanged when they come back. */
@NullMarked
package dev.sluice.server.oauth;

import org.jspecify.annotations.NullMarked;
