/** What operators see of a server: metrics, whether it is well, and a bundle for those who help. */
@NullMarked
package dev.sluice.server.telemetry;

import org.jspecify.annotations.NullMarked;
