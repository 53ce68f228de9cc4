/** Words that sort connections. */
@NullMarked
package dev.sluice.server.tags;

import org.jspecify.annotations.NullMarked;
