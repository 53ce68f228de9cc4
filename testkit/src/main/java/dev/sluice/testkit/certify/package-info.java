/** The contract suites run against connectors of which nobody has written a fixture, as {@code sluice connector certify} does. */
@NullMarked
package dev.sluice.testkit.certify;

import org.jspecify.annotations.NullMarked;
