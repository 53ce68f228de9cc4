/** The connectors that can be chosen, and their versions. */
@NullMarked
package dev.sluice.server.definitions;

import org.jspecify.annotations.NullMarked;
