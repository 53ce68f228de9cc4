/**
 * Faults and surroundings that tests make: networks that break, processes that are killed, certificates that nobody
 * signed.
 *
 * <p>Everything runs in the test's own process or in children of it and needs no rights and no tool beyond the JDK.
 */
@NullMarked
package dev.sluice.testkit.fault;

import org.jspecify.annotations.NullMarked;
