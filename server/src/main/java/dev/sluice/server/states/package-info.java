/** What the engine remembers of connections, as rows of the store. */
@NullMarked
package dev.sluice.server.states;

import org.jspecify.annotations.NullMarked;
