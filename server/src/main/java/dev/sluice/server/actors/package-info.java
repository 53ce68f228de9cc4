/** Sources and destinations: connectors that somebody has configured. */
@NullMarked
package dev.sluice.server.actors;

import org.jspecify.annotations.NullMarked;
