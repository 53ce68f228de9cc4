/** Where data comes from and goes to, told as OpenLineage to whoever the server was told to tell it. */
@NullMarked
package dev.sluice.server.telemetry.lineage;

import org.jspecify.annotations.NullMarked;
