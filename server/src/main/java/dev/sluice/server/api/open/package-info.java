/** The public API, as existing clients speak it: its paths, shapes, refusals and habits. */
@NullMarked
package dev.sluice.server.api.open;

import org.jspecify.annotations.NullMarked;
