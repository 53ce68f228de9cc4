/**
 * What is secret in configurations: taken out by the spec of the connector, encrypted, masked in answers, kept when the
 * mask comes back, and put in again for a run.
 */
@NullMarked
package dev.sluice.server.secrets;

import org.jspecify.annotations.NullMarked;
