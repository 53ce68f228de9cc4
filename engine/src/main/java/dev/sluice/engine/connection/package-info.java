/**
 * What a user asks for: a connection, its streams and their settings, before anything is known of source and
 * destination. Immutable data. Neighbours: {@code plan} resolves it against what source and destination really offer.
 */
@NullMarked
package dev.sluice.engine.connection;

import org.jspecify.annotations.NullMarked;
