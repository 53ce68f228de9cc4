package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.manifest.Component;

/**
 * A kind of object that a system has.
 *
 * @param name its name in the system
 * @param label its name for people
 * @param definition its fields and operations
 * @param item what the system says of it; none if it is declared
 */
record ObjectKind(String name, String label, Component definition, Object item) {}
