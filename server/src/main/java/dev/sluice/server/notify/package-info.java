/** Messages about connections: on which occasion, to whom, by which way, signed, and tried again until they arrive. */
@NullMarked
package dev.sluice.server.notify;

import org.jspecify.annotations.NullMarked;
