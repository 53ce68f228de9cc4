/** Connections and their streams: what is moved from where to where, when and how. */
@NullMarked
package dev.sluice.server.connections;

import org.jspecify.annotations.NullMarked;
