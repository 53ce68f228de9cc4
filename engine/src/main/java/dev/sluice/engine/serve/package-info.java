/** How a server is started by whoever does not know it: what it is told, and what can be done with it once it runs. */
@NullMarked
package dev.sluice.engine.serve;

import org.jspecify.annotations.NullMarked;
