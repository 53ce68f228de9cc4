/** What is otherwise in the sources of connections than their tables know, what follows from it, and who has to look at it. */
@NullMarked
package dev.sluice.server.drift;

import org.jspecify.annotations.NullMarked;
