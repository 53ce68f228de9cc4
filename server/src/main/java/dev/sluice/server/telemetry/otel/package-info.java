/** Traces and numbers for OpenTelemetry; loaded only where the environment says where they go. */
@NullMarked
package dev.sluice.server.telemetry.otel;

import org.jspecify.annotations.NullMarked;
