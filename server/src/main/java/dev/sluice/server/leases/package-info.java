/** Which process works on which job, without clocks that would have to agree. */
@NullMarked
package dev.sluice.server.leases;

import org.jspecify.annotations.NullMarked;
